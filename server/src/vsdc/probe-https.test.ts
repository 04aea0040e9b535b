import type { RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { setDefaultCACertificates } from "node:tls";
import { generate } from "selfsigned";
import { beforeAll, describe, expect, it } from "vitest";
import { IMPATIENT, listen, probe, startSandbox, web } from "./testing/probe-stage.ts";

const SUBJECT = [{ name: "commonName", value: "device.example" }];
const SHORT = { keyType: "ec", algorithm: "sha256" } as const;
type Certificate = Awaited<ReturnType<typeof generate>>;
const listener: RequestListener = (_, response) => response.end('{"resultCd":"001","data":null}');
const tls = ({ private: key, cert }: Certificate) => listen(createTlsServer({ key, cert }, listener));

describe("https", () => {
  let [authority, good, expired, foreign]: Certificate[] = [];

  beforeAll(async () => {
    const ca = [{ name: "basicConstraints", cA: true }] as const;
    authority = await generate([{ name: "commonName", value: "Test CA" }], { ...SHORT, extensions: [...ca] });
    const signer = { key: authority.private, cert: authority.cert };
    const past = { notBeforeDate: new Date("2020-01-01"), notAfterDate: new Date("2021-01-01") };
    good = await generate(SUBJECT, { ...SHORT, ca: signer });
    expired = await generate(SUBJECT, { ...SHORT, ca: signer, ...past });
    foreign = await generate([{ name: "commonName", value: "other.example" }], { ...SHORT, ca: signer });
    setDefaultCACertificates([authority.cert]);
  });

  it("is reached when the certificate is that of the name, wherever the name leads", async () => {
    const port = await tls(good as Certificate);
    expect(await probe(`https://device.example:${port}/`)).toMatchObject({ code: "reached" });
  });

  it("says that the certificate has expired, or is of another name", async () => {
    const old = await tls(expired as Certificate);
    expect(await probe(`https://device.example:${old}/`)).toEqual({ code: "tls-failed", trouble: "expired" });
    const other = await tls(foreign as Certificate);
    const wrongName = { code: "tls-failed", trouble: "wrong-name" };
    expect(await probe(`https://device.example:${other}/`)).toEqual(wrongName);
    const byNumber = await tls(good as Certificate);
    expect(await probe(`https://127.0.0.1:${byNumber}/`)).toEqual(wrongName);
  });

  it("says that the certificate vouches for itself, or that its issuer is unknown", async () => {
    const own = await tls(await generate(SUBJECT, SHORT));
    expect(await probe(`https://device.example:${own}/`)).toEqual({
      code: "tls-failed",
      trouble: "self-signed",
    });
    const unknown = await generate([{ name: "commonName", value: "Unknown CA" }], SHORT);
    const signer = { key: unknown.private, cert: unknown.cert };
    const leaf = await tls(await generate(SUBJECT, { ...SHORT, ca: signer }));
    expect(await probe(`https://device.example:${leaf}/`)).toEqual({
      code: "tls-failed",
      trouble: "chain-incomplete",
    });
  });

  it("is told apart from http, both ways", async () => {
    const device = await startSandbox();
    expect(await probe(device.url.replace("http:", "https:"))).toEqual({
      code: "tls-failed",
      trouble: "plain-http",
    });
    for (const certificate of [good, expired]) {
      const port = await tls(certificate as Certificate);
      expect(await probe(`http://device.example:${port}/`)).toEqual({
        code: "tls-failed",
        trouble: "wants-https",
      });
    }
  });

  it("with a server that hangs or hangs up before TLS has no handshake", async () => {
    const failed = { code: "tls-failed", trouble: "handshake" };
    const hanging = await listen(createTcpServer(() => {}));
    expect(await probe(`https://device.example:${hanging}/`, { timeouts: IMPATIENT })).toEqual(failed);
    const closer = await listen(createTcpServer((socket) => socket.destroy()));
    expect(await probe(`https://device.example:${closer}/`)).toEqual(failed);
  });

  it("keeps the identity off a plain line", async () => {
    const heard: string[] = [];
    const plain = await web((request, response) => {
      request.on("data", (chunk) => heard.push(String(chunk)));
      request.on("end", () => response.end("{}"));
    });
    await probe(`https://device.example:${plain}/`);
    expect(heard).toEqual(["{}"]);
  });
});
