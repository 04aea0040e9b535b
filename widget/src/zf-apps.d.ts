/** Our own typings of Zoho Finance's widget SDK, as far as we use it. Promises may hang for ever or reject with strings. */
interface ZfApp {
  instance: { on(event: string, listener: (change?: unknown) => unknown): void };
}

interface ZfApps {
  extension: { init(): Promise<ZfApp> };
  get(path: string): Promise<unknown>;
  invoke(action: "REFRESH_DATA", entity: string): Promise<unknown>;
}

interface Window {
  ZFAPPS?: ZfApps;
}
