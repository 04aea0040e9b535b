import { setTimeout as pause } from "node:timers/promises";
import type { Delivery, Network } from "../zoho/deliveries.ts";
import type { Manner, PlannedDocument } from "./plan-documents.ts";
import { note, type StormLog } from "./storm.ts";

/** What was seen of the deliveries between Zoho and us. */
export interface DeliveryLog {
  /** How often each document was changed in Zoho after it was put there; nobody but us changes them. */
  edits: Map<string, number>;
  /** Documents of forged deliveries that a server took. */
  forgedTaken: string[];
}

type Copies = ReturnType<Network["copies"]>;

const ONCE: Copies = ["true"];
const COPIES: Partial<Record<Manner, Copies>> = {
  "webhook twice": ["true", "true"],
  "webhook twenty times at once": Array.from({ length: 20 }, () => "true" as const),
  "webhook lost": [],
  "webhook lost, a forged one comes": ["forged"],
};
const CAUSES = { add: "true", edit: "about what we wrote", again: "again", forged: "forged" } as const;
const UNTIL_TAKEN = "webhook, again until taken";
const TAKEN = 202;
const REFUSED = 401;
const AGAIN_MS = 500;

/** Delivers the news of a document as its manner says, of what we write to it once, and remembers what came of it. */
export function networkFor(
  planned: readonly PlannedDocument[],
  storm: StormLog,
): { network: Network; log: DeliveryLog; settled: () => Promise<void> } {
  const mannerOf = new Map(planned.map(({ zohoId, manner }) => [zohoId, manner]));
  const log: DeliveryLog = { edits: new Map(), forgedTaken: [] };
  const open = new Set<string>();
  /** A forger tries until a server says no; a workflow with a policy of its own until one says yes. */
  const isOver = ({ cause, documentId, status }: Delivery) => {
    if (cause === "forged") return status === TAKEN || status === REFUSED;
    return mannerOf.get(documentId) !== UNTIL_TAKEN || status === TAKEN;
  };
  const network: Network = {
    copies({ documentId, event }) {
      const manner = mannerOf.get(documentId);
      if (event === "edit") {
        log.edits.set(documentId, (log.edits.get(documentId) ?? 0) + 1);
        return ONCE;
      }
      const copies = (manner && COPIES[manner]) ?? ONCE;
      if (copies.length === 0) note(storm, "webhook lost");
      if (manner === UNTIL_TAKEN || copies[0] === "forged") open.add(documentId);
      return copies;
    },
    answered(delivery, again) {
      const { cause, documentId, status } = delivery;
      note(storm, `webhook, ${CAUSES[cause]}: ${status ?? "no answer"}`);
      if (cause === "edit") return;
      if (cause === "forged" && status === TAKEN) log.forgedTaken.push(documentId);
      if (!isOver(delivery)) void pause(AGAIN_MS).then(again);
      else if (open.delete(documentId)) note(storm, `${mannerOf.get(documentId)}: ${status}`);
    },
  };
  const settled = async () => {
    while (open.size > 0) await pause(AGAIN_MS);
  };
  return { network, log, settled };
}
