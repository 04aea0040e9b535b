import { resolve } from "node:path";
import { buildServer } from "./build-server.ts";

/** `npm run build -- [folder]`: what production runs, docs/deployment.md. */
await buildServer(resolve(process.argv[2] ?? "dist"));
