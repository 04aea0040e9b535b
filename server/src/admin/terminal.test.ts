import { PassThrough, Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { terminalOf } from "./terminal.ts";

const PASSWORD = "seven boats at dawn";

/** Somebody at a keyboard who answers each prompt with the next of `keys`. */
async function typing(...keys: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const shown = { stdout: "", stderr: "" };
  stdout.on("data", (chunk) => {
    shown.stdout += String(chunk);
  });
  stderr.on("data", (chunk) => {
    shown.stderr += String(chunk);
    if (String(chunk).endsWith(": ")) stdin.write(keys.shift() ?? "");
  });
  const terminal = terminalOf({ stdin: Object.assign(stdin, { isTTY: true }), stdout, stderr });
  const [read] = await Promise.allSettled([terminal.readPassword()]);
  return { read, shown };
}

describe("a password typed", () => {
  it("is asked for twice on standard error, and shown nowhere", async () => {
    const { read, shown } = await typing(`${PASSWORD}\r`, `${PASSWORD}\r`);
    expect(read).toEqual({ status: "fulfilled", value: PASSWORD });
    expect(shown).toEqual({ stdout: "", stderr: "Password: \nAgain: \n" });
  });

  it("is mended with the keys of a terminal before it counts", async () => {
    const { read } = await typing(`${PASSWORD}x\x7f\r`, `x\x15${PASSWORD}\r`);
    expect(read).toEqual({ status: "fulfilled", value: PASSWORD });
  });

  it("is refused when it is typed differently the second time", async () => {
    const { read } = await typing(`${PASSWORD}\r`, "another\r");
    expect(read).toMatchObject({ reason: { code: "input-invalid" } });
  });

  it.each([
    ["Ctrl-C", "seven\x03"],
    ["Ctrl-D", "\x04"],
  ])("is given up by %s, at the first prompt and at the second", async (_key, typed) => {
    for (const before of [[], [`${PASSWORD}\r`]]) {
      const { read } = await typing(...before, typed);
      expect(read).toMatchObject({ status: "rejected", reason: { message: "given up" } });
    }
  });
});

describe("a password from a pipe", () => {
  const piped = (text: string) => {
    const stdin = Readable.from([Buffer.from(text.slice(0, 5)), Buffer.from(text.slice(5))]);
    return terminalOf({ stdin, stdout: new PassThrough(), stderr: new PassThrough() }).readPassword();
  };

  it.each(["", "\n", "\r\n"])("is its one line, ended by %j", async (end) => {
    expect(await piped(`${PASSWORD}${end}`)).toBe(PASSWORD);
  });

  it("is refused when there is more: it was answered twice, or it is another file", async () => {
    for (const text of [`${PASSWORD}\n${PASSWORD}\n`, "a".repeat(10_000)])
      await expect(piped(text)).rejects.toMatchObject({ code: "input-invalid" });
  });
});
