import { expect, it } from "vitest";
import { Failure } from "./failure.ts";
import { describeError } from "./log.ts";

it("says where an error came from and nothing of what it says, however that is written", () => {
  const query = new Error(
    "Failed query: insert into t values ($1, $2)\nparams: Aline\n    at home (plot:12:3),1",
  );
  const described = describeError(new Failure("internal-error", "unexpected", { cause: query }));
  expect(described).toMatchObject({ error: "Failure", message: "unexpected", cause: { error: "Error" } });
  expect(JSON.stringify(described)).not.toMatch(/Aline|home|Failed/);
  for (const { frames } of [described, described.cause] as { frames: string[] }[])
    expect(frames[0]).toContain("log.test.ts");
});

it("leaves the frames out where it cannot tell them from the message", () => {
  const error = new Error("first");
  error.message = "second";
  error.stack = "Error: first\n    at home";
  expect(describeError(error)).toEqual({ error: "Error" });
});
