import { type BehaviourControl, createBehaviourControl } from "./behaviour.ts";
import type { EndpointDeps } from "./endpoints.ts";
import { createRequestHandler, type Exchange } from "./handle-request.ts";
import type { LedgerEntry } from "./ledger.ts";
import { createListener } from "./listener.ts";
import { type DeviceMemory, openMemory } from "./memory.ts";
import type { PurchaseCodeRule } from "./sale-rules.ts";
import { digitsOf } from "./signature.ts";

export interface DeviceOptions {
  tin: string;
  bhfId: string;
  serial: string;
  taxpayerName?: string;
  branchName?: string;
  /** false → vatTyCd 0 at initialisation. */
  vatRegistered?: boolean;
  lastSaleInvoiceNumber?: bigint | number | string;
  /** 0 or absent = any free port; it is kept over takeDown and bringUp. */
  port?: number;
  ledgerFile?: string;
  contextPath?: string;
  checksLineArithmetic?: boolean;
  requiresRegisteredItems?: boolean;
  /** Whether initialising again answers 000 with the data (seen) or 902 with null (specification). */
  repeatedInitialisation?: "000" | "902";
  receiptsBefore?: { rcptNo: number; totRcptNo: number };
  /** The key of the signatures; absent = derived from TIN, branch and serial. */
  secret?: string;
  clock?: () => Date;
  purchaseCodes?: PurchaseCodeRule;
}

export interface Device extends Omit<BehaviourControl, "next"> {
  /** Base URL with the context path, e.g. `http://127.0.0.1:41234/rraVsdc`. */
  readonly url: string;
  readonly port: number;
  readonly tin: string;
  readonly bhfId: string;
  readonly serial: string;
  ledger(): readonly LedgerEntry[];
  readonly sales: ReadonlyMap<string, LedgerEntry>;
  items(): readonly string[];
  exchanges(): readonly Exchange[];
  /** The most saveSales requests that were ever under way at once. */
  mostAtOnce(): number;
  /** Another till of the taxpayer uses these numbers: they answer 924 from now on. */
  takeNumbers(from: bigint | number | string, count?: number): void;
  isUp(): boolean;
  takeDown(): Promise<void>;
  bringUp(): Promise<void>;
  close(): Promise<void>;
}

export async function startDevice(options: DeviceOptions): Promise<Device> {
  const contextPath = options.contextPath ?? "/rraVsdc";
  const memory = openMemory(options.ledgerFile, BigInt(options.lastSaleInvoiceNumber ?? 0));
  const deps = endpointDeps(options, memory);
  const { next, ...control } = createBehaviourControl();
  const { handle, exchanges, mostAtOnce } = createRequestHandler({ contextPath, deps, next });
  const listener = createListener(handle, options.port ?? 0);
  await listener.open();
  return {
    ...control,
    url: `http://127.0.0.1:${listener.port()}${contextPath}`,
    port: listener.port(),
    tin: options.tin,
    bhfId: options.bhfId,
    serial: options.serial,
    ledger: () => memory.ledger,
    sales: memory.receipts,
    items: () => [...memory.items],
    exchanges,
    mostAtOnce,
    takeNumbers: (from, count = 1) => memory.recordNumbersTaken(BigInt(from).toString(), count),
    isUp: listener.isOpen,
    takeDown: listener.shut,
    bringUp: listener.open,
    async close() {
      await listener.shut();
      memory.close();
    },
  };
}

function endpointDeps(options: DeviceOptions, memory: DeviceMemory): EndpointDeps {
  const { tin, bhfId, serial } = options;
  const secret = options.secret ?? `${tin}|${bhfId}|${serial}`;
  return {
    memory,
    secret,
    clock: options.clock ?? (() => new Date()),
    sdcId: `SDC${digitsOf(`sdc ${secret}`, 9)}`,
    mrcNo: `WIS${digitsOf(`mrc ${secret}`, 8)}`,
    receiptsBefore: options.receiptsBefore ?? { rcptNo: 0, totRcptNo: 0 },
    checksLineArithmetic: options.checksLineArithmetic ?? false,
    requiresRegisteredItems: options.requiresRegisteredItems ?? true,
    isValidPurchaseCode: options.purchaseCodes ?? (() => true),
    repeatedInitialisation: options.repeatedInitialisation ?? "000",
    taxpayer: {
      tin,
      bhfId,
      serial,
      taxpayerName: options.taxpayerName ?? "SANDBOX TAXPAYER LTD",
      branchName: options.branchName ?? "Headquarter",
      vatRegistered: options.vatRegistered ?? true,
    },
  };
}

export type { Exchange };
