import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Device, startDevice } from "../vsdc/device.ts";
import { startZoho, type ZohoSandbox } from "../zoho/zoho.ts";
import { type Books, startBooks } from "./books.ts";

/** Nothing listens there. */
export const API = "http://localhost:4999";
export const INVOICE =
  '{"invoice_id":"1","invoice_number":"INV-000001","date":"2026-11-23","status":"sent","customer_name":"Isoko","currency_code":"RWF","total":1180.00,"line_items":[]}';

const NAMES = { "60": "Rukundo Supplies Ltd", "61": "Ishema Bakery Ltd" } as const;
type Id = keyof typeof NAMES;

export type TwoOrganisations = {
  books: Books;
  zoho: ZohoSandbox;
  devices: Record<Id, Device>;
  killed: number;
  /** Of the first organisation. */
  submissionsFail: boolean;
  url(id: Id): string;
  widgetUrl(id: Id): string;
  close(): Promise<void>;
};

/** A Books page of two organisations; both have an invoice with the same id, and one person is in both. */
export async function startTwoOrganisations(): Promise<TwoOrganisations> {
  const [zoho, first, second] = await Promise.all([startZohoOfTwo(), startOne("60"), startOne("61")]);
  const devices = { "60": first, "61": second };
  const shared = { killed: 0, submissionsFail: false };
  const organisation = (id: Id) => ({
    organizationId: id,
    widgetPort: 0,
    devices: [{ name: "main", device: devices[id] }],
    session: async () => ({ accessToken: `t-${id}`, expiresAt: "2026-11-23T10:00:00Z", apiUrl: API }),
    submissions: async () => {
      if (id === "60" && shared.submissionsFail) throw new Error("no database");
      return [];
    },
  });
  const books = await startBooks({
    ...{ port: 0, widgetDir: widgetDir(), connectSources: [API], apiUrl: API, zoho },
    organisations: [organisation("60"), organisation("61")],
    killServer: () => {
      shared.killed += 1;
    },
    serverStatus: () => ({ pid: shared.killed === 0 ? 42 : null, restarts: shared.killed }),
  });
  const own = (id: Id) => books.organisations.find(({ organizationId }) => organizationId === id);
  return Object.assign(shared, {
    ...{ books, zoho, devices },
    url: (id: Id) => own(id)?.url ?? "",
    widgetUrl: (id: Id) => own(id)?.widgetUrl ?? "",
    async close() {
      await Promise.all([books.close(), zoho.close(), first.close(), second.close()]);
    },
  });
}

function startZohoOfTwo(): Promise<ZohoSandbox> {
  const organization = (id: Id) => ({ organization_id: id, name: NAMES[id], currency_code: "RWF" });
  return startZoho({
    organization: organization("60"),
    otherOrganizations: [organization("61")],
    users: [
      { id: "1", name: "Demo User", email: "demo@example.com", organizationIds: ["60", "61"] },
      { id: "2", name: "Baker", email: "baker@example.com", organizationIds: ["61"] },
    ],
    client: { id: "c", secret: "s", redirectUris: [`${API}/callback`] },
    documents: { invoices: [INVOICE] },
    otherDocuments: { "61": { invoices: [INVOICE.replace("Isoko", "Umugati Mwiza")] } },
  });
}

function startOne(id: Id): Promise<Device> {
  return startDevice({ tin: `9990001${id}`, bhfId: "00", serial: `books-test-${id}` });
}

function widgetDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "widget-"));
  const page = '<script async src="https://js.zohostatic.com/zohofinance/v1/zf_sdk.js"></script>';
  for (const name of ["widget.html", "creditnote.html", "estimate.html", "settings.html"])
    writeFileSync(join(dir, name), page);
  return dir;
}
