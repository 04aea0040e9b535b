const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The one server a package talks to: https, or loopback for the sandbox. Nothing stands in for a missing one. */
export function parseApiOrigin(text: string | undefined): string {
  if (!text)
    throw new Error("API_ORIGIN is missing: the address of your server, like https://api.example.org");
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (text !== url.origin && text !== `${url.origin}/`))
    throw new Error(
      `API_ORIGIN is not an origin: ${text}. Scheme and host only, like https://api.example.org`,
    );
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.has(url.hostname)))
    throw new Error(`API_ORIGIN has to be https: ${text}`);
  return url.origin;
}
