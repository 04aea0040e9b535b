import type { Language, ProblemCode } from "@fiscalise/shared/problem.ts";
import type * as z from "zod";
import type { Actor, Caller, Origin, SuperAdmin } from "../actor.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";
/** Who may call a route; every route declares one. */
export type Guard = "public" | "signed-in" | "super-admin" | "business" | "business-admin";
export const TAGS = [
  "auth",
  "super admin",
  "own business",
  "set-up",
  "fiscal",
  "zoho",
  "predecessor",
] as const;

/** An answer that is not JSON. */
export interface FileAnswer {
  contentType: "application/pdf" | "application/zip" | "text/csv" | "text/html" | "image/png";
}
/** A body that is a file, read as it comes when the use-case asks for it: after whoever sends it is known and within their limits. */
export interface Upload {
  contentTypes: readonly string[];
  /** Of what is read at all; what the use-case takes may be less. */
  maxBytes: number;
}
type AnswerSpec = z.core.$ZodType | FileAnswer | null;

/** All that is said of a route: it guards, parses, answers and documents by this. */
export interface Contract {
  id: string;
  method: Method;
  path: string;
  guard: Guard;
  /** Of a public route: what comes proves itself, so it is not limited as a stranger's. */
  isSigned?: true;
  /** Of a public route: it takes a secret nobody guesses, and its use-case limits as a stranger whoever shows none of ours. */
  takesSecret?: true;
  tag: (typeof TAGS)[number];
  summary: string;
  params?: z.core.$ZodType;
  query?: z.core.$ZodType;
  body?: z.core.$ZodType;
  /** In place of a JSON body; `body` then reads the bytes. */
  upload?: Upload;
  /** True when a client may send an Idempotency-Key. */
  idempotent?: boolean;
  /** By HTTP status; null has no body. */
  answers: Record<number, AnswerSpec>;
  /** Beside those every route may answer. */
  problems?: readonly ProblemCode[];
  /** A request that is right in form, for the reference page. */
  example?: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };
}

/** Of a route that asks Zoho Books while somebody waits. */
export const ASKING_BOOKS = [
  "zoho-not-connected",
  "zoho-grant-lost",
  "zoho-scope-missing",
  "zoho-rate-limited",
  "zoho-unavailable",
] as const satisfies readonly ProblemCode[];

/** What is known of a request beside its input. */
export interface Asking {
  language: Language;
  origin: Origin;
  idempotencyKey: string | null;
  /** The origin of the page that asks, as its browser says. */
  pageOrigin: string | null;
  /** For what a signature covers. */
  rawQuery: string;
  signature: string | null;
}

type Parsed<S> = S extends z.core.$ZodType ? z.output<S> : undefined;
interface Callers {
  public: null;
  "signed-in": Caller;
  "super-admin": SuperAdmin;
  business: Actor;
  "business-admin": Actor;
}

export interface Call<C extends Contract> {
  actor: Callers[C["guard"]];
  params: Parsed<C["params"]>;
  query: Parsed<C["query"]>;
  body: C["upload"] extends Upload ? () => Promise<Uint8Array> : Parsed<C["body"]>;
  asking: Asking;
}

/** What comes piece by piece is asked for as fast as its reader takes it. */
type FileContent = Uint8Array | AsyncIterable<string | Uint8Array> | string;
type Content<A> = A extends FileAnswer
  ? { name: string | null; content: FileContent }
  : A extends z.core.$ZodType
    ? { body: z.input<A> }
    : { body?: never; location?: string };
export type ReplyOf<C extends Contract> = {
  [S in keyof C["answers"] & number]: { status: S } & Content<C["answers"][S]>;
}[keyof C["answers"] & number];

/** What mounting sees of a reply, whatever its contract. */
export interface Reply {
  status: number;
  body?: unknown;
  name?: string | null;
  content?: FileContent;
  /** Where the browser goes on. */
  location?: string;
}

export interface Route {
  contract: Contract;
  handle: (call: Call<Contract>) => Promise<Reply>;
}

export function route<const C extends Contract, const R extends ReplyOf<C>>(
  contract: C,
  handle: (call: Call<C>) => Promise<R>,
): Route {
  return { contract, handle: handle as unknown as Route["handle"] };
}

export function isFile(answer: AnswerSpec | undefined): answer is FileAnswer {
  return answer !== null && answer !== undefined && "contentType" in answer;
}
