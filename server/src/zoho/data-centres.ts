const TLD_OF: Readonly<Record<string, string>> = {
  us: "com",
  eu: "eu",
  in: "in",
  au: "com.au",
  jp: "jp",
  sa: "sa",
  uk: "uk",
  cn: "com.cn",
};
const CANADA = "accounts.zohocloud.ca";
/** Zoho's own hosts (docs/zoho.md#data-centres). Everything else must be allowed by ZOHO_ALLOWED_HOSTS. */
const ZOHO_HOSTS: ReadonlySet<string> = new Set([
  ...Object.values(TLD_OF).flatMap((tld) => [`accounts.zoho.${tld}`, `www.zohoapis.${tld}`]),
  CANADA,
  "www.zohoapis.ca",
]);

/** As a callback's `location` names them. */
export const LOCATIONS = [...Object.keys(TLD_OF), "ca"];

/** Null for a host that is not Zoho's. */
export function locationOf(accountsUrl: URL): string | null {
  if (accountsUrl.hostname === CANADA) return "ca";
  const found = Object.entries(TLD_OF).find(([, tld]) => accountsUrl.hostname === `accounts.zoho.${tld}`);
  return found?.[0] ?? null;
}

/** The URL when its host is Zoho's (https) or allowed by the operator, else null. */
export function allowedUrl(text: string, allowedHosts: readonly string[]): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (allowedHosts.includes(url.host) && ["http:", "https:"].includes(url.protocol)) return url;
  return url.protocol === "https:" && url.port === "" && ZOHO_HOSTS.has(url.hostname) ? url : null;
}
