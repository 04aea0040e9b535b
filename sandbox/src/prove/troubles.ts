/** What happens to a document's first sale at the device: the name of a line carries the sentinel (docs/sandbox.md). */
export interface Trouble {
  name: string;
  /** Relative frequency. */
  weight: number;
  sentinel?: string;
  /** The buyer's purchase code is one the device refuses for good. */
  refused?: true;
  /** It never ends: a person has to have the device mended. */
  lasting?: true;
}

/** Long enough to be killed in, short enough for the server's patience. */
export const SIGNED_AND_WAITING = "[[slow-after:900]]";

export const TROUBLES: readonly Trouble[] = [
  { name: "none", weight: 30 },
  { name: "refused 882", weight: 5, refused: true },
  { name: "refused 921", weight: 2, sentinel: "[[result:921]]" },
  { name: "reset before signing", weight: 4, sentinel: "[[reset-before]]" },
  { name: "reset after signing", weight: 5, sentinel: "[[lose-answer]]" },
  { name: "half an answer, signed", weight: 3, sentinel: "[[half-answer]]" },
  { name: "slow", weight: 4, sentinel: "[[slow:300]]" },
  { name: "too slow, signs later", weight: 2, sentinel: "[[slow:2200]]" },
  { name: "too slow, signed at once", weight: 2, sentinel: "[[slow-after:2200]]" },
  { name: "signed at once, answers late", weight: 5, sentinel: SIGNED_AND_WAITING },
  { name: "never answers", weight: 2, sentinel: "[[hang]]" },
  { name: "never answers, signed", weight: 2, sentinel: "[[hang-signed]]" },
  { name: "garbage", weight: 3, sentinel: "[[garbage]]" },
  { name: "garbage, signed", weight: 3, sentinel: "[[garbage-signed]]" },
  { name: "HTTP 503", weight: 3, sentinel: "[[http:503]]" },
  { name: "HTTP 500, signed", weight: 3, sentinel: "[[http-signed:500]]" },
  { name: "894", weight: 3, sentinel: "[[result:894]]" },
  { name: "894, signed", weight: 2, sentinel: "[[result-signed:894]]" },
  { name: "896", weight: 3, sentinel: "[[result:896]]" },
  { name: "896, signed", weight: 2, sentinel: "[[result-signed:896]]" },
  { name: "899", weight: 3, sentinel: "[[result:899]]" },
  { name: "999, signed", weight: 2, sentinel: "[[result-signed:999]]" },
  { name: "000 without data", weight: 4, sentinel: "[[empty-success]]" },
  { name: "answer over 1 MB, signed", weight: 2, sentinel: "[[oversize]]" },
  { name: "redirect", weight: 2, sentinel: "[[redirect]]" },
  { name: "896 for ever", weight: 0.5, sentinel: "[[result:896-always]]", lasting: true },
];
