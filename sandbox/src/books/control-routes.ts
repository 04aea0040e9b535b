import { type Response, Router } from "express";
import * as z from "zod";
import type { Behaviour } from "../vsdc/behaviour.ts";
import { parseLiteral } from "../vsdc/literal-json.ts";
import { accept } from "./accept.ts";
import { type ControlDeps, controlState } from "./control-state.ts";
import { BehaviourSchema } from "./device-behaviours.ts";
import { serveDocumentActions } from "./document-actions.ts";
import { judgeInvoice } from "./invoice-input.ts";
import { noCrossSiteReads } from "./same-origin.ts";
import type { SignIn } from "./session.ts";
import { setZohoCondition, ZohoConditionSchema, zohoView } from "./zoho-conditions.ts";
import { putInvoice } from "./zoho-view.ts";

export type ControlRoutesDeps = ControlDeps & { root: string; killServer: () => void; signIn: SignIn };

const DeviceInput = z.strictObject({ name: z.string(), behaviour: BehaviourSchema });
const ZohoInput = z.strictObject({ condition: ZohoConditionSchema });
const MailInput = z.strictObject({ up: z.boolean() });
const WebhookInput = z.strictObject({ id: z.string(), forged: z.boolean() });
const SessionInput = z.strictObject({ signedIn: z.boolean() });
const InvoiceTextInput = z.strictObject({ text: z.string(), asNew: z.boolean().default(false) });
const StateQuery = z.object({ device: z.string().optional(), exchange: z.string().optional() });

/** JSON under /org/<id>/control: everything a person can do in the control room, a test can do too. */
export function controlRoutes(deps: ControlRoutesDeps): Router {
  const router = Router();
  router.use(["/state", "/session", "/invoices"], noCrossSiteReads);
  router.get("/state", async (req, res) => {
    res.json(await controlState(deps, StateQuery.parse(req.query)));
  });
  router.post("/device", async (req, res) => {
    const input = accept(DeviceInput, req, res);
    if (input) await setDevice(deps, input, res);
  });
  router.post("/zoho", (req, res) => {
    const input = accept(ZohoInput, req, res);
    if (!input) return;
    setZohoCondition(deps.zoho, input.condition);
    res.json(zohoView(deps.zoho));
  });
  router.post("/mail", async (req, res) => {
    const input = accept(MailInput, req, res);
    if (!input) return;
    if (!deps.mail) return void res.status(404).json({ message: "No mail server runs here." });
    await (input.up ? deps.mail.bringUp() : deps.mail.takeDown());
    res.json({ isUp: deps.mail.isUp() });
  });
  router.post("/mail/look", async (_req, res) => {
    await deps.mail?.lookForNotices();
    res.json({});
  });
  router.post("/webhooks", async (req, res) => {
    const input = accept(WebhookInput, req, res);
    if (!input) return;
    const { deliveries } = deps.zoho;
    if (!deliveries.list().some(({ id }) => id === input.id))
      return void res.status(404).json({ message: "That call is not kept any more." });
    res.json(await (input.forged ? deliveries.forge(input.id) : deliveries.sendAgain(input.id)));
  });
  router.post("/kill-server", (_req, res) => {
    const { pid } = deps.serverStatus();
    if (pid === null)
      return void res.status(409).json({ message: "The server is not running at this moment." });
    deps.killServer();
    res.json({ killed: pid });
  });
  router.get("/session", (_req, res) => void res.json({ signedIn: deps.signIn.signedIn }));
  router.post("/session", (req, res) => {
    const input = accept(SessionInput, req, res);
    if (!input) return;
    deps.signIn.signedIn = input.signedIn;
    res.json({ signedIn: deps.signIn.signedIn });
  });
  serveInvoices(router, deps);
  serveDocumentActions(router, deps);
  return router;
}

function serveInvoices(router: Router, { root, zoho }: ControlRoutesDeps): void {
  router.get("/invoices/:id", (req, res) => {
    const text = zoho.invoices.get(req.params.id);
    if (text === undefined) return void res.status(404).json({ message: "There is no such invoice." });
    res.type("json").send(JSON.stringify(parseLiteral(text), null, 2));
  });
  router.post("/invoices", (req, res) => {
    const input = accept(InvoiceTextInput, req, res);
    if (!input) return;
    const judged = judgeInvoice(input.text);
    if (!judged.ok) return void res.status(422).json(judged);
    const { id, number } = putInvoice(zoho, input.text, input.asNew);
    res.status(201).json({ id, number, path: `${root}/invoices/${encodeURIComponent(id)}` });
  });
}

async function setDevice(
  { devices }: ControlRoutesDeps,
  { name, behaviour }: z.infer<typeof DeviceInput>,
  res: Response,
): Promise<void> {
  const device = devices.find((each) => each.name === name)?.device;
  if (!device) return void res.status(404).json({ message: `There is no device called ${name}.` });
  if (behaviour === "down") {
    await device.takeDown();
  } else {
    device.behave(behaviour satisfies Behaviour | "up");
    await device.bringUp();
  }
  res.json({ isUp: device.isUp(), behaviour: device.behaviour() });
}
