import type { PlannedDocument } from "./plan-documents.ts";
import type { Stage } from "./stage.ts";

export type Click =
  | { kind: "accepted"; id: string; state: string }
  /** Nothing came back, or a server asked to try later. */
  | { kind: "failed"; why: string }
  /** An answer that says no and is not the device's. */
  | { kind: "refused"; why: string };

export interface Browser {
  fiscalise(
    document: PlannedDocument,
    options: { entry: object; closesAfterMs: number | null },
  ): Promise<Click>;
  /** Presses Refund on the document's credit note. */
  refund(document: PlannedDocument): Promise<Click>;
  /** Opens the invoice and takes its submission back if it is still queued. */
  withdraw(document: PlannedDocument): Promise<void>;
}

const ANSWER_MAX_MS = 15_000;

/** Asks the servers in turn, as behind a load balancer. */
export function openBrowser(stage: Stage): Browser {
  let turn = 0;

  async function ask(
    document: PlannedDocument,
    call: { method: "GET" | "POST"; path: string; body?: object; waitMs?: number },
  ) {
    turn += 1;
    const server = stage.servers[turn % stage.servers.length];
    const business = stage.businesses[document.business];
    if (!server || !business) throw new Error("bug: a document of no business");
    const answer = await fetch(`${server.apiUrl}/api/v1${call.path}`, {
      method: call.method,
      signal: AbortSignal.timeout(call.waitMs ?? ANSWER_MAX_MS),
      headers: { authorization: `Bearer ${stage.accessToken(business)}`, "content-type": "application/json" },
      ...(call.body && { body: JSON.stringify(call.body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  async function press(
    document: PlannedDocument,
    { path, body: entry, closesAfterMs }: { path: string; body: object; closesAfterMs: number | null },
  ): Promise<Click> {
    const waitMs = closesAfterMs ?? ANSWER_MAX_MS;
    try {
      const { status, body } = await ask(document, { method: "POST", path, body: entry, waitMs });
      if (status === 200 || status === 202)
        return { kind: "accepted", id: String(body.id), state: String(body.state) };
      const reasons = (body.problems as { code: string }[] | undefined)?.map(({ code }) => code) ?? [];
      const why = `HTTP ${status} ${[body.code, ...reasons].join(" ")}`;
      return status >= 500 ? { kind: "failed", why } : { kind: "refused", why };
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      return { kind: "failed", why: closesAfterMs === null ? wordsOf(error) : "page closed" };
    }
  }

  return {
    fiscalise: (document, { entry, closesAfterMs }) =>
      press(document, { path: `/invoices/${document.zohoId}/fiscalise`, body: entry, closesAfterMs }),
    refund: (document) =>
      press(document, {
        path: `/credit-notes/${document.note?.zohoId}/fiscalise`,
        body: { refundReason: "06" },
        closesAfterMs: null,
      }),
    async withdraw(document) {
      try {
        const { body } = await ask(document, { method: "GET", path: `/invoices/${document.zohoId}` });
        const submission = body.submission as { id: string; state: string } | null | undefined;
        if (submission?.state !== "queued") return;
        await ask(document, { method: "POST", path: `/submissions/${submission.id}/withdraw` });
      } catch (error) {
        if (!isNoAnswer(error)) throw error;
      }
    },
  };
}

/** A killed server, a closed page, half a JSON text. */
function isNoAnswer(error: unknown): error is Error {
  if (error instanceof TypeError || error instanceof SyntaxError) return true;
  return error instanceof Error && ["AbortError", "TimeoutError"].includes(error.name);
}

function wordsOf(error: Error): string {
  const refused =
    error.cause instanceof Error && "code" in error.cause && error.cause.code === "ECONNREFUSED";
  if (refused) return "server away";
  return error.name === "TimeoutError" ? "no answer in time" : "connection lost";
}
