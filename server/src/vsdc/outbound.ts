import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import pLimit from "p-limit";
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
  | { kind: "name-not-found" }
  | { kind: "name-not-answered" };

/** Asks once for all addresses of a name. */
export type Resolve = (name: string) => Promise<readonly ResolvedAddress[]>;

/** The system's own way, `/etc/hosts` included. */
export const resolveName: Resolve = (name) => lookup(name, { all: true, order: "verbatim" });

/** Where a tenant's URL may lead. */
export interface Outbound {
  resolve: (url: URL, waitMs: number) => Promise<Resolution>;
}

/** Each keeps one of the process's few threads for as long as the name's own servers please; others need them too. */
const LOOK_UPS_AT_ONCE = 2;

/**
 * One for the process. One address that is not allowed refuses the whole name: a mixed answer is a mistake or rebinding,
 * and the finding must not depend on the order of the answers.
 */
export function createOutbound(policy: { allowedNetworks: readonly Network[]; resolve: Resolve }): Outbound {
  const lookUp = inTurn(policy.resolve);
  return {
    async resolve({ hostname }, waitMs) {
      const addresses = await addressesOf(hostname, (name) => lookUp(name, waitMs));
      if (addresses === null) return { kind: "name-not-answered" };
      if (addresses.length === 0) return { kind: "name-not-found" };
      const allowed = addresses.every(({ address }) => isCallable(address, policy.allowedNetworks));
      return allowed ? { kind: "resolved", addresses } : { kind: "address-not-allowed" };
    },
  };
}

/** Null: nobody said in time. */
type Found = readonly ResolvedAddress[] | null;

async function addressesOf(hostname: string, lookUp: (name: string) => Promise<Found>): Promise<Found> {
  const literal = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(literal);
  if (family !== 0) return [{ address: literal, family }];
  try {
    return await lookUp(hostname);
  } catch (error) {
    if (!isLookupError(error)) throw error;
    return error.code === "EAI_AGAIN" ? null : [];
  }
}

function isLookupError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && error.syscall === "getaddrinfo";
}

/** Null where the answer, or the turn, does not come in time; a turn that comes later is passed on. */
function inTurn(resolve: Resolve): (name: string, waitMs: number) => Promise<Found> {
  const limit = pLimit(LOOK_UPS_AT_ONCE);
  return async (name, waitMs) => {
    const late = Promise.withResolvers<null>();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      late.resolve(null);
    }, waitMs);
    try {
      return await Promise.race([limit(async () => (isLate ? null : resolve(name))), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}
