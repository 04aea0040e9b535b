import { render } from "preact";
import { SettingsPage } from "./screens/settings/settings-page.tsx";
import { createAccountSessions, createSessions } from "./session.ts";
import { connectToZoho } from "./zoho-sdk.ts";

const fetchBound = fetch.bind(window);
const mount = document.getElementById("app");
if (mount) {
  const account = createAccountSessions({ fetch: fetchBound });
  const sessions = account.door ? account : createSessions({ fetch: fetchBound });
  // Zoho waits for a widget to answer, so this is asked at once.
  const zoho = connectToZoho();
  const organizationId = async () => (await zoho)?.organizationId() ?? null;
  render(<SettingsPage fetch={fetchBound} sessions={sessions} organizationId={organizationId} />, mount);
}
