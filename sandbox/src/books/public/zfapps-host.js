import { element, postJson, root, toast } from "./common.js";

/** The page's side of ZFAPPS: answers the widget on the page and, when one is open, the one in the modal. */
const SLOW_MS = 3_000;
const REJECTION = "Something went wrong. Please try again later.";
const STORE_PREFIX = `zfapps-store:${root}:`;

const place = document.getElementById("widget");
const modal = document.getElementById("widget-modal");
const { origin: widgetOrigin, page: widgetPage, id: recordId, entity } = place.dataset;

/** @type {HTMLIFrameElement} */
let widget;

let sdkMode = initialMode();
/** What REFRESH_DATA of the page's own record does; a page without one has nothing to read again. */
let refreshRecord = async () => {};

/** @param {() => Promise<void>} refresh */
export function onRefreshData(refresh) {
  refreshRecord = refresh;
}

export function tellWidget(name) {
  widget.contentWindow.postMessage({ zfapps: "event", name, data: null }, widgetOrigin);
}

function initialMode() {
  const asked = new URLSearchParams(location.search).get("sdk") ?? sessionStorage.getItem("sdk-mode");
  const known = document.querySelector(`input[name="sdk-mode"][value="${CSS.escape(asked ?? "")}"]`);
  return known ? asked : "normal";
}

/** @type {Record<string, (args: any[], frame: HTMLIFrameElement) => unknown>} */
const ACTIONS = {
  init: () => null,
  get: ([path]) => readContext(path),
  set: ([path]) => reject(`Invalid Property (${path}) for set action`),
  request: ([options]) => proxyRequest(options),
  invoke: ([action, options], frame) => invoke(action, options, frame),
  showModal: ([options]) => openModal(options),
  closeModal: () => modal.close(),
  store: ([key, options]) => localStorage.setItem(STORE_PREFIX + key, JSON.stringify(options?.value ?? null)),
  retrieve: ([key]) => retrieve(key),
  showWidget: () => null,
  hideWidget: () => null,
};

window.addEventListener("message", async (event) => {
  const frame = [widget, modal.querySelector("iframe")].find((each) => each?.contentWindow === event.source);
  if (!frame || event.origin !== widgetOrigin || event.data?.zfapps !== "call") return;
  const { id, action, args } = event.data;
  const outcome = await settle(action, args, frame);
  if (outcome) event.source.postMessage({ zfapps: "answer", id, ...outcome }, widgetOrigin);
});

/** @returns null when the promise of the widget is to stay open for ever */
async function settle(action, args, frame) {
  if (sdkMode === "hangs") return null;
  if (sdkMode === "slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  if (sdkMode === "rejects" && action !== "init") return { ok: false, value: REJECTION };
  try {
    const answer = await (ACTIONS[action] ?? (() => reject(`Invalid action (${action})`)))(args, frame);
    return { ok: true, value: answer ?? null };
  } catch (rejection) {
    return { ok: false, value: rejection instanceof Error ? rejection.message : rejection };
  }
}

function reject(value) {
  throw value;
}

async function readContext(path) {
  const query = new URLSearchParams({ path: String(path), ...(recordId && { id: recordId, entity }) });
  const answer = await fetch(`${root}/zfapps/context?${query}`);
  return settled(await answer.json());
}

async function proxyRequest(options) {
  const answer = await postJson("/zfapps/request", options ?? {});
  return settled(answer.ok ? answer.body : { rejects: answer.message });
}

function settled(reply) {
  return "rejects" in reply ? reject(reply.rejects) : reply.resolves;
}

function retrieve(key) {
  const stored = localStorage.getItem(STORE_PREFIX + key);
  return stored === null ? reject({ code: -1, message: "Key not found" }) : { [key]: JSON.parse(stored) };
}

function invoke(action, options, frame) {
  if (action === "RESIZE") return resize(options, frame);
  if (action === "REFRESH_DATA") return options === entity ? refreshRecord() : null;
  if (action === "SHOW_NOTIFICATION")
    return toast(options?.type === "success" ? "success" : "error", options?.message ?? "");
  if (action === "SHOW_MESSAGE")
    return toast(options?.type === "success" ? "success" : "error", options?.content ?? "");
  return reject(`Invalid action (${action}) for invoke`);
}

/** Only a modal is sized by its widget; elsewhere it is as wide as Books makes it. */
function resize(options, frame) {
  if (frame === widget) return;
  for (const side of ["width", "height"]) {
    const length = String(options?.[side] ?? "");
    if (!/^\d{1,4}px$/.test(length)) reject(`Invalid value passed for ${side}`);
    frame.style[side] = length;
  }
}

function openModal(options) {
  const url = new URL(String(options?.url ?? ""), widgetOrigin);
  if (url.origin !== widgetOrigin || !url.pathname.startsWith("/app/"))
    reject("Invalid value passed for url");
  modal.replaceChildren(widgetFrame(url.href));
  modal.showModal();
}
modal.addEventListener("close", () => modal.replaceChildren());

/** A new frame each time, complete before it is in the page: Zoho, too, never loads two widgets in one. */
function widgetFrame(src) {
  const frame = element("iframe", { src, title: "Fiscalise", allow: "clipboard-write" });
  frame.setAttribute("sandbox", place.dataset.sandbox);
  return frame;
}

function loadWidget() {
  widget = widgetFrame(widgetOrigin + widgetPage);
  place.replaceChildren(widget);
}

function setMode(mode) {
  sdkMode = mode;
  sessionStorage.setItem("sdk-mode", mode);
  loadWidget();
}

for (const input of document.querySelectorAll('input[name="sdk-mode"]')) {
  input.checked = input.value === sdkMode;
  input.addEventListener("change", () => setMode(input.value));
}
document.addEventListener("session-switched", loadWidget);
loadWidget();
