import { fileURLToPath } from "node:url";

const COMPILED = fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url));

/** What a process of ours starts with: nothing of this one's environment but where programs are. Compiled code is shared. */
export function childEnv(env: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? COMPILED,
    ...env,
  };
}
