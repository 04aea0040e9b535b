import { createServer, type Server } from "node:http";
import { freePort } from "../prove/free-ports.ts";
import { SALE_PATH } from "../vsdc/behaviour.ts";
import { kigaliTimestamp } from "../vsdc/kigali-time.ts";

export interface InstantDevices {
  /** The base URL of one device among them. */
  urlOf(device: number): string;
  signed(): number;
  close(): Promise<unknown>;
}

/** Devices that sign whatever they get, at once: what remains is our own time. One listener plays them all. */
export async function startInstantDevices(): Promise<InstantDevices> {
  const port = await freePort();
  let signed = 0;
  const server: Server = createServer((request, response) => {
    request.resume();
    request.once("end", () => {
      const isSale = request.url?.endsWith(SALE_PATH) === true;
      if (isSale) signed += 1;
      response.setHeader("content-type", "application/json");
      response.end(answer(isSale ? receipt(signed) : null));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    urlOf: (device) => `http://127.0.0.1:${port}/device/${device}`,
    signed: () => signed,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function answer(data: unknown): string {
  const resultDt = kigaliTimestamp(new Date());
  return JSON.stringify({ resultCd: "000", resultMsg: "It is succeeded", resultDt, data });
}

function receipt(count: number) {
  return {
    rcptNo: count,
    intrlData: "TE68SLA234J5EAV3N56988LJQ7",
    rcptSign: "V249J39CFJ48HE2W",
    totRcptNo: count,
    vsdcRcptPbctDate: kigaliTimestamp(new Date()),
    sdcId: "SDC001000123",
    mrcNo: "WIS00012345",
  };
}
