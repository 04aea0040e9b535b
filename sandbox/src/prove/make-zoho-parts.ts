import { toldServer } from "./clerk.ts";
import type { Stage } from "./stage.ts";

/** Fields, webhooks and workflows, as step 3 of the set-up makes them. */
export async function makeZohoParts(stage: Stage): Promise<void> {
  for (const [index, business] of stage.businesses.entries()) {
    const answer = await fetch(`${toldServer(stage, index).apiUrl}/api/v1/businesses/me/zoho-config/parts`, {
      method: "POST",
      headers: { authorization: `Bearer ${stage.accessToken(business)}` },
    });
    if (!answer.ok) throw new Error(`parts not made: HTTP ${answer.status} ${await answer.text()}`);
  }
}
