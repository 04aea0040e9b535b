import { render } from "preact";
import { EstimateScreen } from "./screens/estimate.tsx";
import { Sidebar } from "./screens/sidebar.tsx";
import { createSessions } from "./session.ts";
import { connectToZoho } from "./zoho-sdk.ts";

const fetchBound = fetch.bind(window);
const mount = document.getElementById("app");
if (mount) {
  const sessions = createSessions({ fetch: fetchBound });
  render(
    <Sidebar
      fetch={fetchBound}
      sessions={sessions}
      connectToZoho={() => connectToZoho("estimate")}
      Screen={EstimateScreen}
    />,
    mount,
  );
}
