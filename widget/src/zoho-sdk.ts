/** The document a sidebar stands beside, as Zoho calls its kind. */
export type ZohoEntity = "invoice" | "creditnote" | "estimate";

export type Zoho = {
  documentId(): Promise<string | null>;
  onChange(listener: () => void): void;
  refresh(): void;
  /** Whose books the page shows; the invoice does not say. */
  organizationId(): Promise<string | null>;
};

export type ConnectToZoho = () => Promise<Zoho | null>;

const WATCHDOG_MS = 8_000;
const LOOK_EVERY_MS = 50;

/** Null when Zoho Books has not answered: its promises may hang for ever, or reject with a string. */
export async function connectToZoho(entity: ZohoEntity = "invoice"): Promise<Zoho | null> {
  const sdk = await withinWatchdog(sdkLoaded());
  if (!sdk) return null;
  const app = await withinWatchdog(sdk.extension.init());
  if (!app) return null;
  const idOf = async (name: string) => textAt(await withinWatchdog(sdk.get(name)), name, `${name}_id`);
  return {
    documentId: () => idOf(entity),
    onChange: (listener) => app.instance.on(`ON_${entity.toUpperCase()}_CHANGE`, listener),
    refresh: () => void withinWatchdog(sdk.invoke("REFRESH_DATA", entity)),
    organizationId: () => idOf("organization"),
  };
}

function sdkLoaded(): Promise<ZfApps> {
  return new Promise((resolve) => {
    const look = () => (window.ZFAPPS ? resolve(window.ZFAPPS) : setTimeout(look, LOOK_EVERY_MS));
    look();
  });
}

function withinWatchdog<T>(answer: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, WATCHDOG_MS, null);
    answer.then(resolve, () => resolve(null)).finally(() => clearTimeout(timer));
  });
}

function textAt(answer: unknown, entity: string, field: string): string | null {
  const record = (answer as Record<string, Record<string, unknown>> | null)?.[entity];
  const value = record?.[field];
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
