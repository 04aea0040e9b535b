import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { DocumentTexts } from "./documents.ts";
import type { GrantState } from "./grants.ts";

export interface ZohoState {
  grants: GrantState;
  /** By organization id; a file of an older sandbox lacks the later kinds. */
  documents: Record<string, Partial<DocumentTexts>>;
}

export function readState(path: string | undefined): ZohoState | undefined {
  if (path === undefined || !existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, "utf8")) as ZohoState;
}

/** Replaced whole, so a killed sandbox leaves the old file or the new one. */
export function writeState(path: string, state: ZohoState): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
}
