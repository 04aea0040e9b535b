import * as findings from "./finding-views.ts";
import { type FakeOffice, type showSettings, type as typeInto } from "./settings.tsx";
import * as views from "./settings-views.ts";
import { json } from "./sidebar.tsx";

export const fresh = (office: FakeOffice) => {
  office.on("GET /setup/status", () => json(views.setUp(false, false, false)));
  office.on("GET /vsdc-config", () => json(null));
  office.on("POST /setup/step1", () => json(views.setUp(true, false, false)));
  office.on("POST /setup/step2", () =>
    json({
      finding: findings.goodFinding,
      vsdc: views.vsdc,
      factsFrom: "device",
      status: views.setUp(true, true, false),
    }),
  );
  office.on("POST /setup/step3", () => json({ zoho: views.zoho, status: views.setUp(true, true, true) }));
  office.on("POST /zoho-config/parts", () => json(views.zoho));
};
export const at = (company: boolean, device: boolean) => (office: FakeOffice) => {
  fresh(office);
  office.on("GET /setup/status", () => json(views.setUp(company, device, false)));
};

export type Screen = ReturnType<typeof showSettings>["screen"];
export const typedIn = (screen: Screen, label: string) =>
  (screen.getByLabelText(label) as HTMLInputElement).value;

export async function describeDevice(screen: Screen) {
  await typeInto(screen, "Address (URL)", "https://vsdc.example:8443/vsdc");
  await typeInto(screen, "Serial number", "KFM-0001");
}
