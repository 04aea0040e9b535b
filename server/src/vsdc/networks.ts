import ipaddr from "ipaddr.js";

/** Base address and prefix length. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * A comma list of CIDRs; null when one is malformed. An IPv4-mapped network is refused: such an address is another
 * spelling of an IPv4 one and is never called.
 */
export function readNetworks(list: string): readonly Network[] | null {
  const entries = list.split(",").map((entry) => entry.trim());
  const networks = entries.filter((entry) => entry !== "").map(readNetwork);
  return networks.every((network) => network !== null) ? networks : null;
}

function readNetwork(text: string): Network | null {
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) {
    const network = ipaddr.IPv4.parseCIDR(text);
    return startsAt(network, ipaddr.IPv4.networkAddressFromCIDR(text)) ? network : null;
  }
  if (!ipaddr.IPv6.isValidCIDR(text) || text.includes("%")) return null;
  const network = ipaddr.IPv6.parseCIDR(text);
  if (network[0].isIPv4MappedAddress()) return null;
  return startsAt(network, ipaddr.IPv6.networkAddressFromCIDR(text)) ? network : null;
}

/** `10.1.2.3/8` says two things at once; the wider one must not win by accident. */
function startsAt([address]: Network, first: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.toString() === first.toString();
}

/** Public by its number, yet answered by the cloud's host: Azure's WireServer. */
const CLOUD_ADDRESSES: ReadonlySet<string> = new Set(["168.63.129.16"]);

/** Whether a tenant's device may be called at this address: ordinary public unicast, or in an allowed network. */
export function isCallable(text: string, allowed: readonly Network[]): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (isMapped(address)) return false;
  return allowed.some((network) => contains(network, address)) || isPublic(address);
}

function isMapped(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === "ipv6" && address.range() === "ipv4Mapped";
}

function contains([base, prefix]: Network, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return base.kind() === address.kind() && address.match(base, prefix);
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== "unicast" || CLOUD_ADDRESSES.has(address.toString())) return false;
  return address.kind() === "ipv4" || isGlobalUnicast(address.toByteArray());
}

/** 2000::/3, all that IANA has opened; the library calls the rest (IPv4-compatible, unassigned) unicast too. */
function isGlobalUnicast([first = 0]: number[]): boolean {
  return first >> 5 === 1;
}
