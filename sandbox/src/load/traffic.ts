import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Call, send } from "../bench/calls.ts";
import { createPen, fiscaliseCall } from "../bench/sales.ts";
import type { StageBusiness } from "../prove/businesses.ts";
import type { Stage } from "../prove/stage.ts";
import { type Deed, noteAnswer, nothingSeen, type Seen } from "./open-loop.ts";

/** A second, over all businesses. */
export interface Rates {
  clicks: number;
  sent: number;
  looks: number;
}

/** The first business's device takes sales and does not answer, the second signs its backlog, the others work as on any day. */
export interface Traffic {
  ordinary: readonly Deed[];
  hanging: Deed;
  /** Puts the backlog into Zoho: before there are webhooks, as it was before there was Fiscalise. */
  putBacklog: (documents: number) => void;
  /** Resolves when the backlog is signed, with its documents a second from the start of the signing. */
  backfill: () => Promise<number>;
  /** When each document was put into Zoho, in milliseconds of this machine's time. */
  given: ReadonlyMap<string, number>;
  /** Those nobody clicks: automation hears of them. */
  told: ReadonlySet<string>;
  /** How the webhooks were answered, as Zoho saw it. */
  webhooks: Seen;
  close: () => void;
}

/** Automation signs what was sent; what is clicked is approved only. */
const CLICKED = "approved";
const TOLD = "sent";
const HANGING_PER_SECOND = 0.2;
const LOOK_MS = 200;

export function startTraffic(stage: Stage, rates: Rates): Traffic {
  const [hanging, backlog, ...others] = stage.businesses;
  if (!hanging || !backlog || others.length === 0) throw new Error("the load needs three businesses");
  const agent = new Agent({ keepAlive: true });
  const pen = createPen();
  const given = new Map<string, number>();
  const told = new Set<string>();
  const nextServer = inTurn(stage.servers);

  function put(business: StageBusiness, status: string): string {
    const at = Date.now();
    const { zohoId } = pen(stage, business, status);
    given.set(zohoId, at);
    if (status === TOLD) told.add(zohoId);
    return zohoId;
  }
  function call(business: StageBusiness, path: string, body?: object): Call {
    const url = `${nextServer().apiUrl}/api/v1${path}`;
    const headers = { authorization: `Bearer ${stage.accessToken(business)}` };
    return body === undefined
      ? { url, headers, method: "GET" }
      : { url, headers, body: JSON.stringify(body) };
  }
  const click = (business: StageBusiness) =>
    send(agent, fiscaliseCall(stage, business, put(business, CLICKED), nextServer()));

  let zohoIds: string[] = [];
  async function backfill(): Promise<number> {
    const ask = async (path: string, body?: object) => {
      const { url, headers, method = "POST", body: text } = call(backlog as StageBusiness, path, body);
      const answer = await fetch(url, {
        method,
        headers: { ...headers, "content-type": "application/json" },
        ...(text !== undefined && { body: text }),
      });
      if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as { id: string; state: string };
    };
    const { id } = await ask("/bulk-runs", { zohoIds });
    const reaches = async (wanted: string) => {
      for (;;) {
        const { state } = await ask(`/bulk-runs/${id}`);
        if (state === wanted) return;
        if (state === "paused" || state === "stopped") throw new Error(`the bulk run is ${state}`);
        await pause(LOOK_MS);
      }
    };
    await reaches("checked");
    const begun = performance.now();
    await ask(`/bulk-runs/${id}/start`, {});
    await reaches("done");
    return zohoIds.length / ((performance.now() - begun) / 1_000);
  }

  const clicker = inTurn(others);
  const sender = inTurn(others);
  const looker = inTurn(others);
  return {
    ordinary: [
      { name: "click to receipt", perSecond: rates.clicks, once: () => click(clicker()) },
      {
        name: "document sent in Zoho",
        perSecond: rates.sent,
        once: async () => {
          put(sender(), TOLD);
          return 200;
        },
      },
      {
        name: "figures of the dashboard",
        perSecond: rates.looks,
        once: () => send(agent, call(looker(), "/businesses/me/stats")),
      },
    ],
    hanging: {
      name: "click, the device hangs",
      perSecond: HANGING_PER_SECOND,
      once: () => click(hanging),
    },
    putBacklog: (documents) => {
      zohoIds = Array.from({ length: documents }, () => put(backlog as StageBusiness, CLICKED));
    },
    backfill,
    given,
    told,
    webhooks: watchWebhooks(stage),
    close: () => agent.destroy(),
  };
}

/** Of new documents: what we write to them ourselves goes out as well. */
function watchWebhooks({ zoho }: Stage): Seen {
  const seen = nothingSeen();
  zoho.deliveries.travelBy({
    copies: () => ["true"],
    answered: ({ cause, at, status, problem }) => {
      if (cause === "add") noteAnswer(seen, Date.now() - Date.parse(at), String(status ?? problem));
    },
  });
  return seen;
}

function inTurn<T>(all: readonly T[]): () => T {
  let next = 0;
  return () => {
    const each = all[next % all.length];
    if (each === undefined) throw new Error("bug: nothing to choose from");
    next += 1;
    return each;
  };
}
