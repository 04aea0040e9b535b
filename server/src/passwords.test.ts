import { access } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { createPasswords } from "./passwords.ts";

it("passwords that many try at once leave threads for everything else", async () => {
  const passwords = createPasswords();
  let verified = 0;
  const crowd = Array.from({ length: 12 }, async () => {
    await passwords.verify(null, "three hills and a lake");
    verified += 1;
  });
  // Turns are given a moment later: whoever has one holds a thread by then.
  await setImmediate();
  // Waits for a thread as the look-up of a name does.
  await access(import.meta.dirname);
  expect(verified).toBeLessThan(crowd.length / 2);
  await Promise.all(crowd);
});
