import { text } from "node:stream/consumers";
import { previewCase } from "./receipts/preview.ts";

/** `npm run --silent preview < case.json`: one JSON object on standard output; exit 1 when it would not be sent. */
const result = previewCase(await text(process.stdin), () => new Date());
const printed = result.ok
  ? `{\n  "ok": true,\n  "path": ${JSON.stringify(result.path)},\n  "request": ${result.requestText}\n}\n`
  : `${JSON.stringify(result, null, 2)}\n`;
process.stdout.write(printed);
process.exitCode = result.ok ? 0 : 1;
