import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";

const schema = z.object({
  jwtKey: z.string(),
  encryptionKey: z.string(),
  auditKey: z.string(),
  zohoClientSecret: z.string(),
  demoPassword: z.string(),
});
export type DevSecrets = z.infer<typeof schema>;

export function newDevSecrets(): DevSecrets {
  const secret = () => randomBytes(32).toString("base64");
  return {
    jwtKey: secret(),
    encryptionKey: secret(),
    auditKey: secret(),
    zohoClientSecret: randomBytes(20).toString("hex"),
    demoPassword: randomBytes(9).toString("base64url"),
  };
}

/** Made at the first start and kept beside the data they protect: no secret has a default. An older file lacks some. */
export function keptDevSecrets(file: string): DevSecrets {
  const kept = existsSync(file) ? schema.partial().parse(JSON.parse(readFileSync(file, "utf8"))) : {};
  const whole = schema.safeParse(kept);
  if (whole.success) return whole.data;
  const secrets = schema.parse({ ...newDevSecrets(), ...kept });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
