import type { RestoredDevice } from "@fiscalise/shared/api/restored-device.ts";
import { useEffect } from "preact/hooks";
import { restoredWords } from "../../../restored-words.ts";
import { fill } from "../../../words.ts";
import { type Action, useAction } from "../use-action.ts";

export type LostNumber = NonNullable<RestoredDevice["hold"]>["numbers"][number];
export type SettlingProps = {
  number: string;
  /** What our books have under it. */
  holder: LostNumber["document"];
  /** All that are still to be settled. */
  openNumbers: readonly string[];
  onSettled: (answer: RestoredDevice, said: string) => void;
  /** What is shown is not what the server knows. */
  onStale: () => void;
  onCancel: () => void;
};

export function nameOf({ kind, number }: NonNullable<LostNumber["document"]>): string {
  const words = restoredWords();
  return `${kind === "invoice" ? words.invoice : words.creditNote} ${number}`;
}

/** Why what our books have under the number cannot be taken back from it; null: it can, or there is nothing. */
export function inTheWay(holder: LostNumber["document"]): string | null {
  if (holder === null || holder.state === "receipt-missing") return null;
  const words = restoredWords();
  const isSigned = ["fiscalised", "superseded"].includes(holder.state);
  return fill(isSigned ? words.booksSigned : words.booksWait, { document: nameOf(holder) });
}

/** Names what our books have under the number, where it went to something else. */
export function takingBack(holder: LostNumber["document"]): { takesBack?: string } {
  return holder ? { takesBack: holder.submissionId } : {};
}

/** Their receipts are entered there. */
export const RECEIPTS_MISSING = "#/documents?state=receipt-missing";

/** As any action; when somebody else was faster, the page is read again. */
export function useSettling(onStale: () => void): Action {
  const action = useAction();
  const { trouble } = action;
  useEffect(() => {
    if (trouble?.status !== "problem") return;
    if (["action-not-allowed", "not-found"].includes(trouble.problem.code)) onStale();
  }, [trouble]);
  return action;
}

export type Pointed = { kind: "invoice" | "credit-note" | null; zohoId: string };

const LINK = /#\/(invoices|creditnotes)\/([1-9]\d{0,29})(?!\d)/;
const ID = /^[1-9]\d{0,29}$/;

/** The document an address of Zoho Books leads to; an id alone does not say of which kind. */
export function pointedAt(text: string): Pointed | null {
  const [, place, zohoId] = LINK.exec(text) ?? [];
  if (zohoId) return { kind: place === "invoices" ? "invoice" : "credit-note", zohoId };
  const id = text.trim();
  return ID.test(id) ? { kind: null, zohoId: id } : null;
}
