import type { Request, RequestHandler } from "express";
import type { Actor, Caller, SuperAdmin } from "../actor.ts";
import { callerNetwork } from "../caller-network.ts";
import { Failure } from "../failure.ts";
import type { LimitName, RequestLimits } from "../request-limits.ts";
import { type ResolveDeps, resolveCaller } from "../sessions/resolve-caller.ts";
import type { Gate, Guards } from "./mount.ts";
import { originOf } from "./request-id.ts";
import type { Guard } from "./route.ts";

interface Known {
  caller: Caller;
  /** In the path: Express has taken them off the request by the time a refusal is audited. */
  ids: Request["params"];
  /** The whole request was here as the caller was looked up. */
  isWhole: boolean;
}
const callers = new WeakMap<Request, Known>();

export interface GuardDeps extends ResolveDeps {
  limits: RequestLimits;
}

/** What a caller with a live session must be besides. @throws Failure forbidden, business-inactive */
type Requirement = (caller: Caller) => void;

/** What each guard lets through, and in what order it is asked: address, session, its own limits, role. */
export function createGuards(deps: GuardDeps): Guards {
  const nobody = async () => {};
  const signedIn = (...requirements: Requirement[]): Gate => ({
    before: [limitAddress(deps), authenticate(deps), limitCaller(deps), meeting(requirements)],
    // A body may take minutes: meanwhile the session may end, or its user have another role.
    again: async (request) => {
      const known = knownOf(request);
      if (known.isWhole) return;
      const caller = await lookUp(deps, request);
      callers.set(request, { ...known, caller });
      for (const requirement of requirements) requirement(caller);
    },
  });
  return {
    public: { before: [limitAddress(deps), limitAddress(deps, "anonymous")], again: nobody },
    signed: { before: [limitAddress(deps, "deliveriesAddress")], again: nobody },
    address: { before: [limitAddress(deps)], again: nobody },
    "signed-in": signedIn(),
    "super-admin": signedIn(requireSuperAdmin),
    business: signedIn(requireBusiness),
    "business-admin": signedIn(requireBusiness, requireBusinessAdmin),
  };
}

function authenticate(deps: ResolveDeps): RequestHandler {
  return async (request, _response, next) => {
    const caller = await lookUp(deps, request);
    callers.set(request, { caller, ids: request.params, isWhole: request.complete });
    next();
  };
}

async function lookUp(deps: ResolveDeps, request: Request): Promise<Caller> {
  const [, token] = request.get("authorization")?.match(/^Bearer ([\w.-]+)$/) ?? [];
  if (token === undefined) throw new Failure("unauthenticated", "no bearer token");
  return resolveCaller(deps, { token, origin: originOf(request) });
}

function meeting(requirements: readonly Requirement[]): RequestHandler {
  return (request, _response, next) => {
    for (const requirement of requirements) requirement(knownOf(request).caller);
    next();
  };
}

const requireSuperAdmin: Requirement = ({ role }) => {
  if (role !== "super_admin") throw new Failure("forbidden", "needs a super admin");
};

const requireBusiness: Requirement = ({ businessId, isBusinessActive }) => {
  if (businessId === null) throw new Failure("forbidden", "a super admin has no business");
  if (!isBusinessActive) throw new Failure("business-inactive", `business ${businessId} is inactive`);
};

/** After `requireBusiness`. */
const requireBusinessAdmin: Requirement = ({ role }) => {
  if (role !== "business_admin") throw new Failure("forbidden", "needs a business admin");
};

function limitAddress({ limits }: GuardDeps, name: LimitName = "address"): RequestHandler {
  return async (request, _response, next) => {
    await limits.take(name, callerNetwork(request.ip));
    next();
  };
}

function limitCaller({ limits }: GuardDeps): RequestHandler {
  return async (request, _response, next) => {
    const { userId, businessId } = knownOf(request).caller;
    await limits.take("user", userId);
    if (businessId !== null) await limits.take("business", businessId);
    next();
  };
}

/** Null before, or without, a live session. */
export function knownCaller(request: Request): Known | null {
  return callers.get(request) ?? null;
}

function knownOf(request: Request): Known {
  const known = callers.get(request);
  if (!known) throw new Error("bug: route without a guard");
  return known;
}

/** The caller as the route's guard has proven it. */
export function actorFor(guard: Guard, request: Request): Caller | Actor | SuperAdmin | null {
  if (guard === "public") return null;
  const { caller } = knownOf(request);
  if (guard === "signed-in") return caller;
  const { userId, number, businessId, role, origin } = caller;
  if (guard === "super-admin") return { userId, number, origin };
  if (businessId === null || role === "super_admin") throw new Error("bug: guard let a super admin through");
  return { userId, businessId, role, origin };
}
