import { parseArgs } from "node:util";
import {
  type EncryptionKeysDeps,
  encryptionKeyUse,
  type KeyUse,
  rotateEncryptionKeys,
} from "../businesses/encryption-keys.ts";
import { readKeysConfig } from "../config.ts";
import { openDatabase } from "../db/with-business.ts";
import { Failure } from "../failure.ts";
import { createSecrets } from "../secrets.ts";
import type { Print } from "./audit.ts";

export const KEYS_USAGE = ["keys rotate [--json]", "keys check [--json]"];

/** 0: all is below the current key; 1: something is not, or does not open. @throws Failure input-invalid when asked wrongly */
export async function runKeysCommand(args: string[], print: Print): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const [command, ...others] = positionals;
  if ((command !== "rotate" && command !== "check") || others.length > 0)
    throw new Failure("input-invalid", `there is:\n  ${KEYS_USAGE.join("\n  ")}`);
  const config = readKeysConfig();
  const database = openDatabase({
    url: config.DATABASE_URL,
    prepare: config.DATABASE_PREPARE,
    connectionsMax: 1,
  });
  const keys = config.ENCRYPTION_KEYS;
  const deps = {
    keys,
    atGate: database.atGate,
    withBusiness: database.withBusiness,
    secrets: createSecrets(keys),
  };
  try {
    await database.assertRoleIsConfined();
    return command === "rotate"
      ? await rotate(deps, { print, json: values.json })
      : await check(deps, { print, json: values.json });
  } finally {
    await database.close();
  }
}

interface Told {
  print: Print;
  json: boolean;
}

async function rotate(deps: EncryptionKeysDeps, { print, json }: Told): Promise<number> {
  const done = await rotateEncryptionKeys(deps);
  if (json) print(JSON.stringify(done));
  else {
    print(`${done.dataKeys} data keys and ${done.secrets} older secrets sealed anew`);
    if (done.left > 0) print(`${done.left} secrets in use just now are left: run it again`);
    for (const id of done.unreadable) print(`UNREADABLE business ${id}: a key does not open`);
  }
  return done.left > 0 || done.unreadable.length > 0 ? 1 : 0;
}

async function check(deps: EncryptionKeysDeps, { print, json }: Told): Promise<number> {
  const use = await encryptionKeyUse(deps);
  if (json) print(JSON.stringify(use));
  else for (const key of use) print(wordsOf(key));
  return use.every(({ current, secrets }) => current || secrets === 0) ? 0 : 1;
}

function wordsOf({ id, listed, current, secrets }: KeyUse): string {
  const role = current ? "current" : listed ? "older" : "NOT LISTED";
  const advice = listed && !current && secrets === 0 ? "; may be removed" : "";
  return `${id}: ${role}, ${secrets} secrets${advice}`;
}
