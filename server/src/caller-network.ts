import ipaddr from "ipaddr.js";

const OWN_BITS = 64;

/**
 * What limits count an address by: an IPv4 address, or the /64 an IPv6 one is in, which a single caller has to themselves
 * (RFC 6177).
 */
export function callerNetwork(address: string | null | undefined): string {
  if (!address || !ipaddr.isValid(address)) return String(address ?? null);
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/${OWN_BITS}`)}/${OWN_BITS}`;
}
