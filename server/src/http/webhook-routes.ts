import * as z from "zod";
import { createDeliveryIntake, type ReceiveDeliveryDeps } from "../businesses/books/receive-delivery.ts";
import { type Route, route } from "./route.ts";

/** Of a delivery; an invoice of 500 lines has about half of it. */
const DELIVERY_MAX_BYTES = 1_048_576;

export function webhookRoutes(deps: ReceiveDeliveryDeps): Route[] {
  const receive = createDeliveryIntake(deps);
  return [
    route(
      {
        id: "receiveDelivery",
        method: "post",
        path: "/webhooks/zoho/:token",
        // The token names the business, the signature proves the delivery.
        guard: "public",
        isSigned: true,
        tag: "zoho",
        summary: "A webhook of Zoho Books: a document of this business may have changed",
        // What follows the token tells us which secret Zoho has; whoever made the webhook by hand may leave it out.
        params: z.object({ token: z.string().regex(/^[\w-]{43}(\.[0-9a-f]{12})?$/) }),
        upload: { contentTypes: ["application/json"], maxBytes: DELIVERY_MAX_BYTES },
        answers: { 202: null },
        problems: ["unauthenticated", "not-found", "payload-too-large"],
        example: { params: { token: "0000000000000000000000000000000000000000000" } },
      },
      async ({ params: { token }, body, asking: { rawQuery, signature, origin } }) => {
        const [name = ""] = token.split(".");
        await receive({ token: name, rawQuery, signature, origin, readBody: body });
        return { status: 202 };
      },
    ),
  ];
}
