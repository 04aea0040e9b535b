import { demoDocuments } from "../zoho/demo-documents.ts";
import { roasterDocuments } from "../zoho/roaster-documents.ts";
import { DEMO } from "./demo.ts";
import type { Shop } from "./platform.ts";

/** Sells from the first start on. */
export const OFFICE_SUPPLIES: Shop = {
  organization: DEMO.organization,
  member: { id: "700100", name: "Aline Uwase", email: "aline@example.rw" },
  device: { tin: DEMO.tin, bhfId: DEMO.bhfId, serial: DEMO.serial },
  documents: demoDocuments(),
};

/** Waits for somebody to set it up; invented, the TIN in RRA's own test range. */
export const COFFEE_ROASTERS: Shop = {
  organization: {
    organization_id: "481600000",
    name: "Huye Coffee Roasters Ltd",
    currency_code: "RWF",
  },
  member: { id: "700200", name: "Bosco Nkurunziza", email: "bosco@example.rw" },
  device: { tin: "999909703", bhfId: "00", serial: "dvcv9703" },
  documents: roasterDocuments(),
};
