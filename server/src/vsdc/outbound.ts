import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isCallable, type Network } from "./networks.ts";

export const DEVICE_ADDRESS_LENGTH_MAX = 200;
/** Scheme, name or literal, port, path: printable ASCII, so nothing is folded or stripped before it is judged. */
const ADDRESS_FORM = /^https?:\/\/([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(?:\/[\w.~%()+/-]*)?$/i;
const PORT_MAX = 65_535;
const UNPRIVILEGED_PORT_MIN = 1_024;
const WEB_PORTS: readonly number[] = [80, 443];

/**
 * A device's base URL, or null: http(s) without user, query and fragment, an IPv4 address in its one usual spelling,
 * no port that belongs to another service (mail, SSH, …).
 */
export function readDeviceAddress(text: string): URL | null {
  const [, host = "", port] = text.length <= DEVICE_ADDRESS_LENGTH_MAX ? (ADDRESS_FORM.exec(text) ?? []) : [];
  if (host === "" || !URL.canParse(text) || !isWebPort(port)) return null;
  const url = new URL(text);
  const respelled = !host.startsWith("[") && url.hostname !== host.toLowerCase();
  return respelled || host.endsWith(".") ? null : url;
}

function isWebPort(text: string | undefined): boolean {
  if (text === undefined) return true;
  const port = Number(text);
  return WEB_PORTS.includes(port) || (port >= UNPRIVILEGED_PORT_MIN && port <= PORT_MAX);
}

export interface ResolvedAddress {
  address: string;
  family: number;
}

export type Resolution =
  | { kind: "resolved"; addresses: readonly ResolvedAddress[] }
  | { kind: "address-not-allowed" }
  | { kind: "name-not-found" };

/** Asks once for all addresses of a name. */
export type Resolve = (name: string) => Promise<readonly ResolvedAddress[]>;

/** The system's own way, `/etc/hosts` included. */
export const resolveName: Resolve = (name) => lookup(name, { all: true, order: "verbatim" });

/** Where a tenant's URL may lead. */
export interface Outbound {
  resolve: (url: URL, waitMs: number) => Promise<Resolution>;
}

/**
 * One address that is not allowed refuses the whole name: a mixed answer is a mistake or rebinding, and the finding must
 * not depend on the order of the answers.
 */
export function createOutbound(policy: { allowedNetworks: readonly Network[]; resolve: Resolve }): Outbound {
  return {
    async resolve({ hostname }, waitMs) {
      const addresses = await addressesOf(hostname, policy.resolve, waitMs);
      if (addresses.length === 0) return { kind: "name-not-found" };
      const allowed = addresses.every(({ address }) => isCallable(address, policy.allowedNetworks));
      return allowed ? { kind: "resolved", addresses } : { kind: "address-not-allowed" };
    },
  };
}

async function addressesOf(
  hostname: string,
  resolve: Resolve,
  waitMs: number,
): Promise<readonly ResolvedAddress[]> {
  const literal = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(literal);
  if (family !== 0) return [{ address: literal, family }];
  try {
    return await withinOrNone(resolve(hostname), waitMs);
  } catch (error) {
    if (!isLookupError(error)) throw error;
    return [];
  }
}

function isLookupError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "getaddrinfo";
}

async function withinOrNone<T>(work: Promise<readonly T[]>, waitMs: number): Promise<readonly T[]> {
  const late = Promise.withResolvers<readonly T[]>();
  const timer = setTimeout(() => late.resolve([]), waitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
