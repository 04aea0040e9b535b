import type { BusinessId } from "./db/with-business.ts";

export type Role = "business_admin" | "business_user";

/** Where a request came from, for the audit. */
export interface Origin {
  address: string | null;
  requestId: string;
}

/** Whoever has a live session; nothing the client sends names a business. */
export interface Caller {
  userId: string;
  number: number;
  role: Role | "super_admin";
  /** Null for a super admin. */
  businessId: BusinessId | null;
  isBusinessActive: boolean;
  sessionId: string;
  origin: Origin;
}

/** Who acts in a business. */
export interface Actor {
  businessId: BusinessId;
  userId: string;
  role: Role;
  origin: Origin;
}

/** The business's own automation: it acts by policy, has no account and cannot sign in. */
export interface Automaton {
  businessId: BusinessId;
  automation: true;
}

/** One of the provider's; belongs to no business. */
export interface SuperAdmin {
  userId: string;
  number: number;
  origin: Origin;
}
