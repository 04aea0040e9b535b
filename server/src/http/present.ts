import type { WithBusiness } from "../db/with-business.ts";
import type { Presentation } from "../receipts/present.ts";
import type { Asking } from "./route.ts";

export interface PresentDeps {
  withBusiness: WithBusiness;
  clock: () => Date;
}

export function presentationOf(deps: Pick<PresentDeps, "clock">, asking: Asking): Presentation {
  return { language: asking.language, now: deps.clock() };
}
