import type { Request, RequestHandler } from "express";
import type { Actor, Caller, SuperAdmin } from "../actor.ts";
import { callerNetwork } from "../caller-network.ts";
import { Failure } from "../failure.ts";
import type { RequestLimits } from "../request-limits.ts";
import { type ResolveDeps, resolveCaller } from "../sessions/resolve-caller.ts";
import type { Guards } from "./mount.ts";
import { originOf } from "./request-id.ts";
import type { Guard } from "./route.ts";

/** With the ids in the path: Express has taken them off the request by the time a refusal is audited. */
const callers = new WeakMap<Request, { caller: Caller; ids: Request["params"] }>();

export interface GuardDeps extends ResolveDeps {
  limits: RequestLimits;
}

/** What each guard lets through, and in what order it is asked: address, session, its own limits, role. */
export function createGuards(deps: GuardDeps): Guards {
  const signedIn = [limitAddress(deps), authenticate(deps), limitCaller(deps)];
  return {
    public: [limitAddress(deps), limitAnonymous(deps)],
    // Zoho's few addresses send for all businesses.
    signed: [limitAddress(deps)],
    "signed-in": signedIn,
    "super-admin": [...signedIn, requireSuperAdmin],
    business: [...signedIn, requireBusiness],
    "business-admin": [...signedIn, requireBusiness, requireBusinessAdmin],
  };
}

function authenticate(deps: ResolveDeps): RequestHandler {
  return async (request, _response, next) => {
    const [, token] = request.get("authorization")?.match(/^Bearer ([\w.-]+)$/) ?? [];
    if (token === undefined) throw new Failure("unauthenticated", "no bearer token");
    const caller = await resolveCaller(deps, { token, origin: originOf(request) });
    callers.set(request, { caller, ids: request.params });
    next();
  };
}

const requireSuperAdmin: RequestHandler = (request, _response, next) => {
  if (callerOf(request).role !== "super_admin") throw new Failure("forbidden", "needs a super admin");
  next();
};

const requireBusiness: RequestHandler = (request, _response, next) => {
  const { businessId, isBusinessActive } = callerOf(request);
  if (businessId === null) throw new Failure("forbidden", "a super admin has no business");
  if (!isBusinessActive) throw new Failure("business-inactive", `business ${businessId} is inactive`);
  next();
};

/** After `requireBusiness`. */
const requireBusinessAdmin: RequestHandler = (request, _response, next) => {
  if (callerOf(request).role !== "business_admin") throw new Failure("forbidden", "needs a business admin");
  next();
};

function limitAddress({ limits }: GuardDeps): RequestHandler {
  return async (request, _response, next) => {
    await limits.take("address", callerNetwork(request.ip));
    next();
  };
}

function limitAnonymous({ limits }: GuardDeps): RequestHandler {
  return async (request, _response, next) => {
    await limits.take("anonymous", callerNetwork(request.ip));
    next();
  };
}

function limitCaller({ limits }: GuardDeps): RequestHandler {
  return async (request, _response, next) => {
    const { userId, businessId } = callerOf(request);
    await limits.take("user", userId);
    if (businessId !== null) await limits.take("business", businessId);
    next();
  };
}

/** Null before, or without, a live session. */
export function knownCaller(request: Request): { caller: Caller; ids: Request["params"] } | null {
  return callers.get(request) ?? null;
}

function callerOf(request: Request): Caller {
  const known = callers.get(request);
  if (!known) throw new Error("bug: route without a guard");
  return known.caller;
}

/** The caller as the route's guard has proven it. */
export function actorFor(guard: Guard, request: Request): Caller | Actor | SuperAdmin | null {
  if (guard === "public") return null;
  const caller = callerOf(request);
  if (guard === "signed-in") return caller;
  const { userId, number, businessId, role, origin } = caller;
  if (guard === "super-admin") return { userId, number, origin };
  if (businessId === null || role === "super_admin") throw new Error("bug: guard let a super admin through");
  return { userId, businessId, role, origin };
}
