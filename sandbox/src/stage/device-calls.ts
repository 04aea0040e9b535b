import type { SealDeviceKeys } from "@fiscalise/server/businesses/device/device-keys.ts";
import {
  createDeviceCall,
  createTableCall,
  DEVICE_TIMEOUTS,
  type DeviceCall,
} from "@fiscalise/server/vsdc/device-call.ts";
import { readNetworks } from "@fiscalise/server/vsdc/networks.ts";
import { createOutbound, resolveName } from "@fiscalise/server/vsdc/outbound.ts";
import { LOOPBACK_NETWORKS } from "./server-env.ts";

/** Calls as the server makes them, to devices of the sandbox, which keep their keys to themselves. */
export function sandboxDeviceCalls(): {
  callDevice: DeviceCall;
  callTables: DeviceCall;
  sealKeys: SealDeviceKeys;
} {
  const allowedNetworks = readNetworks(LOOPBACK_NETWORKS);
  if (allowedNetworks === null) throw new Error("bug: loopback networks are unreadable");
  const outbound = createOutbound({ allowedNetworks, resolve: resolveName });
  const options = { timeouts: DEVICE_TIMEOUTS, outbound };
  return {
    callDevice: createDeviceCall(options),
    callTables: createTableCall(options),
    sealKeys: refuseKeys,
  };
}

const refuseKeys: SealDeviceKeys = () => {
  throw new Error("bug: a sandbox device handed out keys");
};
