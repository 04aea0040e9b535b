import { createHash } from "node:crypto";
import { Failure } from "./failure.ts";

const NUMBER_BYTES = 8;
const CHECK_BYTES = 8;
const UUID_PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/**
 * Where a list goes on. It opens no door, as a query sees its own business only; the check ties it to the list it came
 * from (`list`: whose, of what, with which filters), so that a cursor altered or used elsewhere is told and not followed.
 */
export function cursorAt(position: bigint, list: readonly unknown[]): string {
  const bytes = Buffer.alloc(NUMBER_BYTES);
  bytes.writeBigInt64BE(position);
  return tied(bytes, list);
}

/** @throws Failure input-invalid unless `cursorAt` made it for this list */
export function readCursor(cursor: string, list: readonly unknown[]): bigint {
  const bytes = untied(cursor, list);
  if (bytes?.length !== NUMBER_BYTES) throw notOfThisList();
  return bytes.readBigInt64BE();
}

/** Names the row it stands at, where rows are numbered over all businesses: a number would tell how much the others do. */
export function cursorAtRow(id: string, list: readonly unknown[]): string {
  return tied(Buffer.from(id.replaceAll("-", ""), "hex"), list);
}

/**
 * The number of the row a cursor stands at, as `numberOf` finds it in the business.
 * @throws Failure input-invalid unless `cursorAtRow` made it for this list, and the row is still there
 */
export async function readCursorRow(
  cursor: string,
  list: readonly unknown[],
  numberOf: (id: string) => Promise<bigint | undefined>,
): Promise<bigint> {
  const [, ...parts] = UUID_PARTS.exec(untied(cursor, list)?.toString("hex") ?? "") ?? [];
  const found = parts.length > 0 ? await numberOf(parts.join("-")) : undefined;
  if (found === undefined) throw notOfThisList();
  return found;
}

function tied(position: Buffer, list: readonly unknown[]): string {
  return Buffer.concat([position, check(position, list)]).toString("base64url");
}

function untied(cursor: string, list: readonly unknown[]): Buffer | null {
  const bytes = Buffer.from(cursor, "base64url");
  const position = bytes.subarray(0, -CHECK_BYTES);
  const isOurs =
    bytes.toString("base64url") === cursor && check(position, list).equals(bytes.subarray(position.length));
  return isOurs ? position : null;
}

function notOfThisList(): Failure {
  return new Failure("input-invalid", "cursor", { fields: [{ path: "cursor", code: "cursor" }] });
}

function check(position: Uint8Array, list: readonly unknown[]): Buffer {
  return createHash("sha256").update(position).update(JSON.stringify(list)).digest().subarray(0, CHECK_BYTES);
}
