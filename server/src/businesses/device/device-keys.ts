import type { BusinessTx } from "../../db/with-business.ts";
import type { Secrets } from "../../secrets.ts";
import type { DeviceKeys } from "../../vsdc/rwanda/set-up.ts";

/** Keys a device handed out, as they are stored. */
export type SealDeviceKeys = (tx: BusinessTx, keys: DeviceKeys) => Promise<string>;

export function deviceKeySealer(secrets: Pick<Secrets, "seal">): SealDeviceKeys {
  return (tx, keys) => secrets.seal(tx, "device-keys", JSON.stringify(keys));
}
