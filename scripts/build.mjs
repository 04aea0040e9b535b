import { install, run } from "./with-project-node.mjs";

install({ onlyWhenMissing: true });
run("packaging/src/build-server-main.ts", process.argv.slice(2));
