import pino, { type Logger } from "pino";

/** One JSON line per state change; ids and codes only, so there is nothing personal to redact. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/**
 * What of an error may be logged: name, code and stack frames of our own; drizzle puts query parameters into
 * `message`, so a message goes out only for errors we wrote.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error ? String(error.code) : undefined;
  const ours = error.name === "Failure" || error.message.startsWith("bug:");
  const frames = framesOf(error);
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined;
  return {
    error: error.name,
    ...(code !== undefined && { code }),
    ...(ours && { message: error.message }),
    ...(frames && { frames: frames.slice(0, 8) }),
    ...(cause && { cause }),
  };
}

/** After the message: a line of that may begin like a frame, with what somebody wrote behind it. */
function framesOf({ stack = "", message }: Error): string[] | undefined {
  const begins = stack.indexOf(message);
  if (begins === -1) return undefined;
  const lines = stack.slice(begins + message.length).split("\n");
  return lines.filter((line) => line.trimStart().startsWith("at "));
}

/** For where an error's text is stored and no row-level security is: its name and code only. */
export function withoutDetails(error: unknown): Error {
  const { error: name, code } = describeError(error);
  return new Error([name, code].filter(Boolean).join(" "));
}
