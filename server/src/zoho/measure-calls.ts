import { limitReached } from "./answer.ts";
import type { ZohoAnswer, ZohoHttp } from "./http.ts";

export interface MeasuredCall {
  kind: "read" | "write" | "oauth";
  /** `failed`: no answer, or a 5xx. */
  outcome: "answered" | "limited" | "refused" | "failed";
  seconds: number;
}

/** Tells how each call went; what it asked and was answered stays here. */
export function measureCalls(http: ZohoHttp, onCall: (call: MeasuredCall) => void): ZohoHttp {
  const measured = async <T>(
    kind: MeasuredCall["kind"],
    call: () => Promise<T>,
    answerOf: (result: T) => ZohoAnswer | null,
  ): Promise<T> => {
    const started = performance.now();
    const tell = (outcome: MeasuredCall["outcome"]) =>
      onCall({ kind, outcome, seconds: (performance.now() - started) / 1_000 });
    try {
      const result = await call();
      tell(outcomeOf(answerOf(result)));
      return result;
    } catch (error) {
      tell("failed");
      throw error;
    }
  };
  return {
    get: (url, accessToken) =>
      measured(
        "read",
        () => http.get(url, accessToken),
        (answer) => answer,
      ),
    send: (write, accessToken) =>
      measured(
        "write",
        () => http.send(write, accessToken),
        (sent) => (sent.kind === "answered" ? sent.answer : null),
      ),
    postForm: (url, form) =>
      measured(
        "oauth",
        () => http.postForm(url, form),
        (answer) => answer,
      ),
  };
}

function outcomeOf(answer: ZohoAnswer | null): MeasuredCall["outcome"] {
  if (answer === null || answer.httpStatus >= 500) return "failed";
  if (limitReached(answer) !== null) return "limited";
  return answer.httpStatus >= 400 ? "refused" : "answered";
}
