import type { ZohoConfig } from "@fiscalise/shared/api/config.ts";
import type { Confirmation } from "@fiscalise/shared/api/pairings.ts";
import { useState } from "preact/hooks";
import { confirmZoho, connectZoho, readZoho, readZohoConsent } from "../../../api/setup.ts";
import type { Reply } from "../../../request.ts";
import { useConsent } from "../../use-consent.ts";
import { useSettings } from "../settings-context.ts";
import { useAction } from "../use-action.ts";

export type Choice = { code: string; organizations: Confirmation["organizations"] };

/** The consent happens at Zoho; its code binds the organisation, or asks which of several it is. */
export function useZohoConnection(before: ZohoConfig, onZoho: (zoho: ZohoConfig) => void) {
  const { request, apiUrl, organizationId } = useSettings();
  const [choice, setChoice] = useState<Choice | null>(null);
  const choosing = useAction();

  async function settle({ status, organizations }: Confirmation, code: string) {
    setChoice(status === "choose" ? { code, organizations } : null);
    if (status === "choose") return;
    const zoho = await choosing.run(() => readZoho(request));
    if (zoho) onZoho(zoho);
  }

  /** The answer to a code may have been lost, or another tab was told it. */
  async function showWhatWasConnected() {
    const zoho = await readZoho(request);
    if (zoho.status !== "ok" || !zoho.value.organization) return;
    if (zoho.value.organization.connectedAt !== before.organization?.connectedAt) onZoho(zoho.value);
  }

  const consent = useConsent<Confirmation>({
    apiUrl,
    begin: async (): Promise<Reply<string>> => {
      setChoice(null);
      const begun = await connectZoho(request, await organizationId());
      return begun.status === "ok" ? { status: "ok", value: begun.value.authorizeUrl } : begun;
    },
    look: async () => {
      const reply = await readZohoConsent(request);
      if (reply.status === "ok" && reply.value.status === "expired") await showWhatWasConnected();
      return reply;
    },
    redeem: async (code) => {
      const reply = await confirmZoho(request, { code });
      if (reply.status !== "ok") await showWhatWasConnected();
      return reply;
    },
    onDone: (confirmation, code) => void settle(confirmation, code),
  });

  async function choose(id: string) {
    if (!choice) return;
    const { code } = choice;
    const confirmation = await choosing.run(() => confirmZoho(request, { code, organizationId: id }));
    await (confirmation ? settle(confirmation, code) : showWhatWasConnected());
  }
  return { ...consent, choice, choose, choosing };
}
