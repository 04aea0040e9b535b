import { install, run } from "./with-project-node.mjs";

install({ onlyWhenMissing: true });
run("server/src/admin-main.ts", process.argv.slice(2));
