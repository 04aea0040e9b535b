/** Zoho's own hosts (docs/zoho.md#data-centres). Everything else must be allowed by ZOHO_ALLOWED_HOSTS. */
const TLDS = ["com", "eu", "in", "com.au", "jp", "sa", "uk", "com.cn"];
const ZOHO_HOSTS: ReadonlySet<string> = new Set([
  ...TLDS.flatMap((tld) => [`accounts.zoho.${tld}`, `www.zohoapis.${tld}`]),
  "accounts.zohocloud.ca",
  "www.zohoapis.ca",
]);

/** The URL when its host is Zoho's (https) or allowed by the operator, else null. */
export function allowedUrl(text: string, allowedHosts: readonly string[]): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (allowedHosts.includes(url.host) && ["http:", "https:"].includes(url.protocol)) return url;
  return url.protocol === "https:" && url.port === "" && ZOHO_HOSTS.has(url.hostname) ? url : null;
}
