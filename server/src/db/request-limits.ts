import postgres from "postgres";
import type { RunSql } from "../request-limits.ts";
import { SESSION_LIMITS } from "./session-limits.ts";

const CONNECTIONS = 4;
const CONNECT_TIMEOUT_S = 5;
const CLOSE_TIMEOUT_S = 5;

/** Connections of its own: counting a flood must not take those that serve. */
export function openLimitStore(options: { url: string; prepare: boolean }): {
  run: RunSql;
  close: () => Promise<void>;
} {
  const client = postgres(options.url, {
    prepare: options.prepare,
    max: CONNECTIONS,
    connect_timeout: CONNECT_TIMEOUT_S,
    fetch_types: false,
    connection: { ...SESSION_LIMITS, synchronous_commit: "off" },
    onnotice: () => {},
  });
  return {
    run: async (text, values) => {
      const rows = await client.unsafe(text, values as never[], { prepare: options.prepare });
      return { rows: [...rows], rowCount: rows.count };
    },
    close: () => client.end({ timeout: CLOSE_TIMEOUT_S }),
  };
}
