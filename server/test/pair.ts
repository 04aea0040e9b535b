import type { Pairing } from "@fiscalise/shared/api/pairings.ts";
import { createApi, type Reply } from "./api.ts";
import type { Business, BusinessOptions, Stage } from "./harness.ts";
import { PUBLIC_URL, readHandover } from "./zoho-consent.ts";

export const WIDGET_ORIGIN = "http://localhost:4300";
type Url = Pick<Stage, "url">;

export interface Begun extends Pairing {
  /** Zoho's page. */
  zohoUrl: URL;
}

/** As a widget in the page of that organisation begins it. */
export async function beginPairing(
  { url }: Url,
  zohoOrganizationId: string,
  pageOrigin: string | null = WIDGET_ORIGIN,
): Promise<Begun> {
  const begun = await fetch(`${url()}/api/v1/widget/pairings`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(pageOrigin !== null && { origin: pageOrigin }) },
    body: JSON.stringify({ zohoOrganizationId }),
  });
  if (begun.status !== 201) throw new Error(`pairing not begun: ${begun.status} ${await begun.text()}`);
  const pairing = (await begun.json()) as Pairing;
  const page = await fetch(atServer({ url }, pairing.signInUrl), { redirect: "manual" });
  return { ...pairing, zohoUrl: new URL(page.headers.get("location") ?? "") };
}

/** The person accepts at Zoho: where their browser comes back to us. */
export async function consentAtZoho(
  stage: Url,
  { zohoUrl }: Pick<Begun, "zohoUrl">,
  zohoUserId: string,
  decision: "accept" | "reject" = "accept",
): Promise<string> {
  const page = new URL(zohoUrl);
  page.searchParams.set("sandbox_user", zohoUserId);
  const consent = await fetch(page, { redirect: "manual", headers: { "x-sandbox-consent": decision } });
  return atServer(stage, consent.headers.get("location") ?? "");
}

/** All the way to the code. */
export async function pairUntilCode(stage: Url, organizationId: string, zohoUserId: string) {
  const begun = await beginPairing(stage, organizationId);
  const back = await consentAtZoho(stage, begun, zohoUserId);
  const answer = await fetch(back);
  if (!answer.ok) throw new Error(`not paired: ${answer.status} ${await answer.text()}`);
  return { ...begun, ...readHandover(await answer.text()) };
}

export function redeem(
  stage: Url,
  { pairingId, pollToken, code }: { pairingId: string; pollToken: string; code: string },
): Promise<Reply> {
  return createApi(stage.url, null).post(`/widget/pairings/${pairingId}/redeem`, { pollToken, code });
}

export async function poll(stage: Url, { pairingId, pollToken }: Pick<Pairing, "pairingId" | "pollToken">) {
  const api = createApi(stage.url, null);
  return (await api.post(`/widget/pairings/${pairingId}/poll`, { pollToken })).body;
}

function atServer({ url }: Url, address: string): string {
  const target = new URL(address);
  if (target.origin !== PUBLIC_URL) throw new Error(`the browser is sent to ${target.origin}`);
  return `${url()}${target.pathname}${target.search}`;
}

/** A business that takes members of its organisation as users. */
export const openEnrolling = (stage: Stage, options: BusinessOptions = {}) =>
  stage.open({ settings: { autoEnrolment: true }, ...options });

export const usersIn = ({ database }: Stage, { id }: Business) =>
  database.owner`select number, name, email, role, zoho_user_id from users where business_id = ${id}
    order by number`;
