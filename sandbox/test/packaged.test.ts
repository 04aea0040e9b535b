import { describe } from "vitest";
import { testPackage } from "./packaged/package.ts";
import { testPairing } from "./packaged/pairing.ts";
import { startPackaged } from "./packaged/stage.ts";
import { testTrouble } from "./packaged/trouble.ts";

const packaged = startPackaged();

/** The last signs the invoice that the others look at before. */
describe("where something does not come", () => testTrouble(packaged));
describe("signing in with Zoho", () => testPairing(packaged));
describe("the zip", () => testPackage(packaged));
