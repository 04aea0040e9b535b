import { postJson, root, setText, toast } from "./common.js";
import { startDocumentForm } from "./control-documents.js";
import { showLedger } from "./control-ledger.js";
import { showMails, startMails } from "./control-mails.js";
import { showWebhooks, startWebhooks } from "./control-webhooks.js";
import { showWire } from "./control-wire.js";

const EVERY_MS = 1_000;

const room = document.querySelector(".control");
const live = document.getElementById("live");
let exchangeKey = "";
let timer = 0;
let generation = 0;
const documents = startDocumentForm();

/** Asks at once, then every second; of answers that cross, only the one asked for last is shown. */
async function refresh() {
  clearTimeout(timer);
  generation += 1;
  const asked = generation;
  const query = new URLSearchParams({ device: room.dataset.device, exchange: exchangeKey });
  const state = await read(`/control/state?${query}`);
  if (asked !== generation) return;
  timer = setTimeout(refresh, EVERY_MS);
  live.toggleAttribute("data-lost", state === null);
  setText(live, state ? "Live, every second" : "The sandbox does not answer. Is npm start still running?");
  if (state) show(state);
}

async function read(path) {
  try {
    const answer = await fetch(root + path);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function show(state) {
  showDevice(state);
  showCondition("zoho-condition", state.zoho);
  setText(document.getElementById("zoho-last-call"), state.zoho.lastCall);
  press("[data-zoho]", (button) => button.dataset.zoho === state.zoho.key);
  showCondition("server-condition", serverCondition(state.server));
  document.getElementById("kill-server").disabled = state.server.pid === null;
  showLedger(state.ledger);
  showWire(state, (key) => {
    exchangeKey = key;
    void refresh();
  });
  showWebhooks(state.webhooks);
  showMails(state.mails);
  documents.show(state.invoices);
}

function showDevice({ device, devices }) {
  const { condition } = device;
  const sentence = condition.remaining
    ? `${condition.sentence.replace(/\.$/, "")}, ${condition.remaining}.`
    : condition.sentence;
  showCondition("device-condition", { ...condition, sentence });
  setText(
    document.getElementById("device-name"),
    `${device.name}, TIN ${device.tin}, branch ${device.bhfId}`,
  );
  const facts = [device.receipts, device.lastInvoiceNumber, device.mostAtOnce, device.url];
  for (const [index, cell] of document.querySelectorAll("#device-facts dd").entries())
    setText(cell, String(facts[index]));
  press("[data-key]", (button) => button.dataset.key === condition.key);
  document.querySelector('[data-behaviour="up"]').disabled = condition.key === "up";
  document.querySelector('[data-behaviour="down"]').disabled = condition.key === "down";
  setText(
    document.querySelector('[data-behaviour="up"]'),
    condition.key === "down" ? "Bring up" : "Back to normal",
  );
  for (const { name, word, alarms } of devices) {
    const tab = document.querySelector(`[data-device-name="${CSS.escape(name)}"]`);
    tab.setAttribute("aria-pressed", String(name === device.name));
    setText(tab.querySelector(".tab-word"), alarms > 0 ? `${word}, ${alarms} to look at` : word);
  }
}

function serverCondition({ pid, restarts }) {
  const again = restarts === 1 ? "Restarted once." : `Restarted ${restarts} times.`;
  if (pid === null)
    return { word: "Gone", tone: "bad", sentence: `The supervisor starts it again. ${again}` };
  return {
    word: `Running, pid ${pid}`,
    tone: "good",
    sentence: restarts === 0 ? "Not restarted yet." : again,
  };
}

function showCondition(id, { word, sentence, tone }) {
  const box = document.getElementById(id);
  if (box.dataset.tone !== tone) box.dataset.tone = tone;
  setText(box.querySelector(".condition-word"), word);
  setText(box.querySelector(".condition-sentence"), sentence);
}

function press(selector, isPressed) {
  for (const button of document.querySelectorAll(selector))
    button.setAttribute("aria-pressed", String(isPressed(button)));
}

async function act(path, body) {
  const answer = await postJson(path, body);
  if (!answer.ok) toast("error", answer.message);
  await refresh();
}

/** Pressing what is already pressed takes the device back to normal. */
function behaviourOf(button) {
  const text = button.dataset.behaviour;
  if (text === "up" || text === "down") return text;
  if (button.getAttribute("aria-pressed") === "true") return "up";
  const times = document.querySelector('input[name="times"]:checked').value;
  return { ...JSON.parse(text), times: times === "" ? null : Number(times) };
}

for (const button of document.querySelectorAll("[data-behaviour]")) {
  button.addEventListener("click", () =>
    act("/control/device", { name: room.dataset.device, behaviour: behaviourOf(button) }),
  );
}
for (const button of document.querySelectorAll("[data-zoho]")) {
  button.addEventListener("click", () => act("/control/zoho", { condition: button.dataset.zoho }));
}
for (const button of document.querySelectorAll("[data-device-name]")) {
  button.addEventListener("click", () => {
    room.dataset.device = button.dataset.deviceName;
    exchangeKey = "";
    void refresh();
  });
}
startMails(act);
startWebhooks(act);
document.getElementById("kill-server").addEventListener("click", () => act("/control/kill-server", {}));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else void refresh();
});
void refresh();
