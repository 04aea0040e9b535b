/**
 * Stands in for https://js.zohostatic.com/zohofinance/v1/zf_sdk.js (docs/sandbox.md). Zoho's own source is not
 * public: this has the members seen in live widgets and talks to the page around it by messages.
 */
(() => {
  const hostOrigin = new URL(document.currentScript.src).searchParams.get("host");
  const waiting = new Map();
  const listeners = new Map();
  let translations = {};
  let lastId = 0;

  function ask(action, ...args) {
    lastId += 1;
    const id = lastId;
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    window.parent.postMessage({ zfapps: "call", id, action, args }, hostOrigin);
    return answer;
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== hostOrigin || event.source !== window.parent) return;
    const message = event.data;
    if (message?.zfapps === "answer") settle(message);
    if (message?.zfapps === "event")
      for (const listener of listeners.get(message.name) ?? []) listener(message.data);
  });

  function settle({ id, ok, value }) {
    const call = waiting.get(id);
    waiting.delete(id);
    if (ok) call?.resolve(value);
    else call?.reject(value);
  }

  async function init() {
    await ask("init");
    translations = await fetch("./translations/en.json").then(
      (answer) => (answer.ok ? answer.json() : {}),
      () => ({}),
    );
    return { instance: { on } };
  }

  function on(event, listener) {
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
  }

  window.ZFAPPS = Object.freeze({
    extension: Object.freeze({ init }),
    get: (path) => ask("get", path),
    set: (path, value) => ask("set", path, value),
    request: (options) => ask("request", options),
    invoke: (action, options) => ask("invoke", action, options),
    showModal: (options) => ask("showModal", options),
    closeModal: () => void ask("closeModal"),
    store: (key, options) => ask("store", key, options),
    retrieve: (key) => ask("retrieve", key),
    showWidget: () => void ask("showWidget"),
    hideWidget: () => void ask("hideWidget"),
    I18N: Object.freeze({ getTranslatedValue: (key) => translations[key] ?? key }),
  });
})();
