import type { Device } from "./device.ts";
import { EXAMPLE_ITEM, exampleItem } from "./example-sale.ts";

export interface DeviceReply {
  resultCd: string;
  resultMsg: string;
  resultDt: string;
  data: Record<string, unknown> | null;
}

/** One call as a client makes it; a text body goes out as it is. */
export async function callDevice(device: Device, path: string, body: unknown): Promise<DeviceReply> {
  const response = await fetch(device.url + path, {
    method: "POST",
    // A kept connection would break when the device goes down and comes back.
    headers: { "Content-Type": "application/json", Connection: "close" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return (await response.json()) as DeviceReply;
}

export async function registerItem(device: Device, itemCode = EXAMPLE_ITEM): Promise<void> {
  const { tin, bhfId } = device;
  const reply = await callDevice(device, "/items/saveItems", exampleItem({ tin, bhfId }, itemCode));
  if (reply.resultCd !== "000") throw new Error(`saveItems answered ${reply.resultCd} ${reply.resultMsg}`);
}
