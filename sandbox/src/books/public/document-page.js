import { postJson, toast } from "./common.js";
import { keepWidth } from "./width.js";
import { onRefreshData, tellWidget } from "./zfapps-host.js";

const page = document.querySelector(".document-page");
const record = document.getElementById("record");
const { kind, id } = page.dataset;
const PARTS = ["#record", "#actions", ".narrow-list"];
let paperText = record.querySelector(".paper").innerHTML;

/** Reads the record again and changes only what differs, as Books does after REFRESH_DATA. */
async function refresh() {
  const answer = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of PARTS) {
    const [now, next] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (now && next && now.innerHTML !== next.innerHTML) now.replaceChildren(...next.childNodes);
  }
  const text = record.querySelector(".paper").innerHTML;
  if (text === paperText) return;
  paperText = text;
  tellWidget(`ON_${kind.slice(0, -1).toUpperCase()}_CHANGE`);
}
onRefreshData(refresh);

async function setStatus(status) {
  const answer = await postJson("/control/status", { kind, id, status });
  if (answer.ok) await refresh();
  else toast("error", answer.message);
}

async function createCreditNote(form) {
  const { line, applied } = Object.fromEntries(new FormData(form));
  const wanted = { invoiceId: id, line: line === "" ? null : Number(line), applied: applied === "on" };
  const answer = await postJson("/control/creditnotes", wanted);
  if (answer.ok) location.assign(answer.body.path);
  else toast("error", answer.message);
}

const actions = document.getElementById("actions");
actions.addEventListener("click", (event) => {
  const { status } = event.target.closest("[data-status]")?.dataset ?? {};
  if (status) void setStatus(status);
});
actions.addEventListener("submit", (event) => {
  event.preventDefault();
  void createCreditNote(event.target);
});
document.addEventListener("click", (event) => {
  const menu = actions.querySelector("details[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = actions.querySelector("details[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

keepWidth("sidebar-width", page);
document.querySelector('.narrow-list [aria-current="page"]')?.scrollIntoView({ block: "nearest" });
