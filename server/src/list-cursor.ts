import { createHash } from "node:crypto";
import { Failure } from "./failure.ts";

const POSITION_BYTES = 8;
const CHECK_BYTES = 8;
const CURSOR = /^[\w-]{22}$/;

/**
 * Where a list goes on. It opens no door, as a query sees its own business only; the check ties it to the list it came
 * from (`list`: whose, of what, with which filters), so that a cursor altered or used elsewhere is told and not followed.
 */
export function cursorAt(position: bigint, list: readonly unknown[]): string {
  const bytes = Buffer.alloc(POSITION_BYTES);
  bytes.writeBigInt64BE(position);
  return Buffer.concat([bytes, check(bytes, list)]).toString("base64url");
}

/** @throws Failure input-invalid unless `cursorAt` made it for this list */
export function readCursor(cursor: string, list: readonly unknown[]): bigint {
  const bytes = Buffer.from(CURSOR.test(cursor) ? cursor : "", "base64url");
  const position = bytes.subarray(0, POSITION_BYTES);
  const isOurs =
    bytes.toString("base64url") === cursor && check(position, list).equals(bytes.subarray(POSITION_BYTES));
  if (!isOurs) {
    const fields = [{ path: "cursor", message: "is not a cursor of this list" }];
    throw new Failure("input-invalid", "cursor", { fields });
  }
  return position.readBigInt64BE();
}

function check(position: Uint8Array, list: readonly unknown[]): Buffer {
  return createHash("sha256").update(position).update(JSON.stringify(list)).digest().subarray(0, CHECK_BYTES);
}
