import * as z from "zod";
import type { Behaviour, Fault } from "../vsdc/behaviour.ts";
import type { Device } from "../vsdc/device.ts";
import { ENDPOINTS } from "../vsdc/endpoints.ts";

export type Tone = "good" | "due" | "bad";
export type Condition = { key: string; word: string; sentence: string; tone: Tone; remaining: string };
/** Without paths a fault meets sales only. */
type Doing = Fault & Pick<Behaviour, "paths">;
type Choice = { key: string; word: string; sentence: string; tone: Tone; fault: Doing };

const EVERY_PATH = Object.keys(ENDPOINTS);

/** What the control room offers, grouped by what it does to the sale. */
export const CHOICES: readonly { group: string; choices: readonly Choice[] }[] = [
  {
    group: "Late",
    choices: [
      choice("slow", "Slow (5 s)", "Waits 5 s, then signs.", "due", { kind: "slow", delayMs: 5_000 }),
      choice("slow-after", "Signs, answers after 12 s", "Signs at once; the answer takes 12 s.", "due", {
        kind: "slow-after",
        delayMs: 12_000,
      }),
      choice("hang", "Hangs, unsigned", "Takes the request, signs nothing, never answers.", "bad", {
        kind: "hang",
      }),
    ],
  },
  {
    group: "Signs, but the answer is lost",
    choices: [
      choice("lose-answer", "Loses the answer", "Signs, then the connection breaks.", "bad", {
        kind: "lose-answer",
      }),
      choice("half-answer", "Half an answer", "Signs, sends half of the answer.", "bad", {
        kind: "half-answer",
      }),
      choice("hang-signed", "Hangs, signed", "Signs, never answers.", "bad", { kind: "hang", signed: true }),
      choice("garbage-signed", "Garbage", "Signs, answers something that is no JSON.", "bad", {
        kind: "garbage",
        signed: true,
      }),
      choice("http-signed", "HTTP 500", "Signs, answers HTTP 500.", "bad", {
        kind: "http",
        status: 500,
        signed: true,
      }),
      choice("empty-success", "Success without data", "Signs, answers 000 with no receipt.", "bad", {
        kind: "empty-success",
      }),
      choice("oversize", "Answer over 1 MB", "Signs, the answer is too large to read.", "bad", {
        kind: "oversize",
      }),
    ],
  },
  {
    group: "Fails, nothing signed",
    choices: [
      choice("reset-before", "Connection reset", "Reads the request, breaks the connection.", "bad", {
        kind: "reset-before",
      }),
      choice("http", "HTTP 503", "Answers HTTP 503.", "bad", { kind: "http", status: 503, signed: false }),
      choice("garbage", "Garbage", "Answers something that is no JSON.", "bad", {
        kind: "garbage",
        signed: false,
      }),
      choice("redirect", "Redirects", "Answers 302 to somewhere else.", "bad", { kind: "redirect" }),
    ],
  },
  {
    group: "Answers with a code, nothing signed",
    choices: [
      result("882", "purchase code", "Purchase code is invalid"),
      result("910", "field", "Request parameter error"),
      result("924", "number taken", "Invoice number already exists."),
      result("894", "authority away", "An error regarding server communication occurred"),
      result("999", "unknown", "There is an unknown error"),
    ],
  },
  {
    group: "Wrongly set up, every call fails",
    choices: [
      choice("moved", "Moved (404)", "Answers HTTP 404 to every call, as under another path.", "bad", {
        ...{ kind: "http", status: 404, signed: false, paths: EVERY_PATH },
      }),
      choice("not-ours", "901 other TIN, branch or serial", "Answers 901 to every call.", "bad", {
        ...{ kind: "result", code: "901", signed: false, paths: EVERY_PATH },
      }),
    ],
  },
];

function choice(key: string, word: string, sentence: string, tone: Tone, fault: Doing): Choice {
  return { key, word, sentence, tone, fault };
}

function result(code: string, word: string, message: string): Choice {
  const sentence = `Answers ${code}, "${message}", and signs nothing.`;
  return choice(`result-${code}`, `${code} ${word}`, sentence, "due", {
    kind: "result",
    code,
    signed: false,
  });
}

const times = z.int().min(1).max(1_000).nullable().default(null);
const delayMs = z.int().min(0).max(600_000);
const signed = z.boolean();
const paths = z.exactOptional(z.array(z.enum(EVERY_PATH)).min(1));

/** What `POST /control/device` takes as behaviour. */
export const BehaviourSchema = z.union([
  z.enum(["up", "down"]),
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.enum(["slow", "slow-after"]), delayMs, times, paths }),
    z.strictObject({ kind: z.literal("hang"), signed: signed.default(false), times, paths }),
    z.strictObject({ kind: z.literal("garbage"), signed, times, paths }),
    z.strictObject({ kind: z.literal("http"), status: z.int().min(200).max(599), signed, times, paths }),
    z.strictObject({ kind: z.literal("result"), code: z.string().regex(/^\d{3}$/), signed, times, paths }),
    z.strictObject({
      kind: z.enum(["reset-before", "lose-answer", "half-answer", "empty-success", "oversize", "redirect"]),
      times,
      paths,
    }),
  ]),
]);

/** The device as a person should see it, from one look at its state. */
export function conditionOf(device: Pick<Device, "isUp" | "behaviour">): Condition {
  if (!device.isUp()) {
    return {
      key: "down",
      word: "Down",
      sentence: "Refuses every connection, as if switched off.",
      tone: "bad",
      remaining: "until brought up",
    };
  }
  const behaviour = device.behaviour();
  if (behaviour.kind === "up") {
    return { key: "up", word: "Up", sentence: "Signs every correct sale.", tone: "good", remaining: "" };
  }
  const { key, word, sentence, tone } = faultWords(behaviour);
  return { key, word, sentence, tone, remaining: remaining(behaviour) };
}

export function faultWords(fault: Doing): Omit<Choice, "fault"> {
  const known = CHOICES.flatMap(({ choices }) => choices).find((each) => isSame(each.fault, fault));
  if (known) return known;
  return { key: "", word: fault.kind, sentence: `Set by hand: ${JSON.stringify(fault)}`, tone: "bad" };
}

function isSame(known: Doing, behaviour: Doing): boolean {
  const own = Object.entries({ paths: null, ...known });
  const isSigned = (fault: Fault) => "signed" in fault && fault.signed === true;
  return (
    own.every(([name, value]) => String(Reflect.get(behaviour, name) ?? null) === String(value)) &&
    isSigned(known) === isSigned(behaviour)
  );
}

function remaining({ times, paths }: Behaviour): string {
  if (typeof times !== "number") return "until changed";
  const what = paths ? "call" : "sale";
  return times === 1 ? `for the next ${what}` : `for the next ${times} ${what}s`;
}
