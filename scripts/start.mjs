import { install, run } from "./with-project-node.mjs";

install({ onlyWhenMissing: false });
run("sandbox/src/start.ts", process.argv.slice(2));
