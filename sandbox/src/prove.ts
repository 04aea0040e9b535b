import { runCampaign } from "./prove/campaign.ts";
import { runFromTerminal } from "./prove/from-terminal.ts";

await runFromTerminal("prove", { documents: 500, run: runCampaign });
