import { recordAudit } from "@fiscalise/server/db/audit.ts";
import { businessId, openDatabase } from "@fiscalise/server/db/with-business.ts";
import express from "express";
import * as z from "zod";

/** The yardstick: Express, and one insert in one transaction under row-level security. Runs as a process of its own. */
const { DATABASE_URL, PORT } = z
  .object({ DATABASE_URL: z.url(), PORT: z.coerce.number() })
  .parse(process.env);
const CONNECTIONS = 20;

const database = openDatabase({ url: DATABASE_URL, prepare: true, connectionsMax: CONNECTIONS });
const app = express();
app.use(express.json());
app.post("/businesses/:id/events", async (request, response) => {
  const id = businessId(request.params.id);
  await database.withBusiness(id, (tx) =>
    recordAudit(tx, { actor: "bench", action: "device-tested", subject: "bench" }),
  );
  response.status(201).json({ stored: true });
});
app.listen(PORT, "127.0.0.1", () => process.send?.("ready"));
