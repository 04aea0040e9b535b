import { install, run } from "./with-project-node.mjs";

install({ onlyWhenMissing: true });
run("server/src/migrate-predecessor-main.ts", process.argv.slice(2));
