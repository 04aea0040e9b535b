import { runDrill } from "./drill/restore-drill.ts";
import { runFromTerminal } from "./prove/from-terminal.ts";

await runFromTerminal("drill", { documents: 150, run: runDrill });
