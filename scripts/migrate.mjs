import { install, run } from "./with-project-node.mjs";

install({ onlyWhenMissing: true });
run("server/src/migrate-main.ts", process.argv.slice(2));
