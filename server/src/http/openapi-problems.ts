import { PROBLEM_CODES, type ProblemCode, REFUSAL_CODES } from "@fiscalise/shared/problem.ts";
import { PROBLEM_WORDS } from "@fiscalise/shared/words/problems.ts";
import type { oas31, ZodOpenApiExampleObject, ZodOpenApiResponseObject } from "zod-openapi";
import { PROBLEM_STATUS, problemType } from "./problem.ts";
import type { Contract, Guard } from "./route.ts";

const EVERYWHERE: ProblemCode[] = ["input-invalid", "too-many-requests", "unavailable", "internal-error"];
const BY_GUARD: Record<Guard, ProblemCode[]> = {
  public: [],
  "signed-in": ["unauthenticated"],
  "super-admin": ["unauthenticated", "forbidden"],
  business: ["unauthenticated", "forbidden", "business-inactive"],
  "business-admin": ["unauthenticated", "forbidden", "business-inactive"],
};
const RETRY_AFTER: Record<string, oas31.HeaderObject> = {
  "Retry-After": { description: "Seconds to wait", schema: { type: "integer" } },
};

/** By status, the codes a route may answer: its guard's, those of its input, its own. */
export function problemsOf(contract: Contract): Map<number, ProblemCode[]> {
  const may = new Set<ProblemCode>([
    ...EVERYWHERE,
    ...BY_GUARD[contract.guard],
    ...(contract.problems ?? []),
  ]);
  if (contract.params) may.add("not-found");
  if (contract.body || contract.upload) may.add("payload-too-large");
  const codes = PROBLEM_CODES.filter((code) => may.has(code));
  const statuses = [...new Set(codes.map((code) => PROBLEM_STATUS[code]))].sort((a, b) => a - b);
  return new Map(statuses.map((status) => [status, codes.filter((code) => PROBLEM_STATUS[code] === status)]));
}

export function problemAnswers(contract: Contract): Record<string, ZodOpenApiResponseObject> {
  const answers = [...problemsOf(contract)].map(([status, codes]) => [status, problemAnswer(status, codes)]);
  return Object.fromEntries(answers);
}

function problemAnswer(status: number, codes: ProblemCode[]): ZodOpenApiResponseObject {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  return {
    description: codes.map((code) => PROBLEM_WORDS[code].en.title).join("; "),
    ...((status === 429 || status === 503) && { headers: RETRY_AFTER }),
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            { type: "object", properties: { status: { const: status }, code: { enum: codes } } },
          ],
        },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

/** One per code that can be an answer's own; the reasons of a refused document only stand inside it. */
export function problemExamples(publicUrl: string): Record<string, ZodOpenApiExampleObject> {
  const own = PROBLEM_CODES.filter((code) => !(REFUSAL_CODES as readonly string[]).includes(code));
  return Object.fromEntries(own.map((code) => [code, { value: problemExample(publicUrl, code) }]));
}

function problemExample(publicUrl: string, code: ProblemCode) {
  return {
    type: problemType(publicUrl, code),
    status: PROBLEM_STATUS[code],
    code,
    ...PROBLEM_WORDS[code].en,
    requestId: "5f0c3d4e-6a0b-4a43-9d0f-2f6f2d8f7b11",
  };
}
