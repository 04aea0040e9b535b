import { element, setText } from "./common.js";

const section = document.getElementById("mails");
const list = document.getElementById("mail-list");
const power = document.getElementById("mail-power");
let shown = "";
let isUp = true;

/** @param {{ isUp: boolean, latest: any[] } | null} mails  null: no mail server runs here */
export function showMails(mails) {
  section.hidden = mails === null;
  if (!mails) return;
  isUp = mails.isUp;
  setText(power, isUp ? "Take the mail server down" : "Bring the mail server up");
  document.getElementById("mail-empty").hidden = mails.latest.length > 0;
  const text = JSON.stringify(mails.latest);
  if (text === shown) return;
  shown = text;
  list.replaceChildren(
    ...mails.latest.map(({ at, to, subject, text }, index) =>
      element(
        "li",
        {},
        element(
          "details",
          { open: index === 0 },
          element(
            "summary",
            {},
            element("strong", {}, subject),
            element("span", { className: "muted" }, ` to ${to}, ${new Date(at).toLocaleTimeString("en-GB")}`),
          ),
          element("pre", {}, text),
        ),
      ),
    ),
  );
}

/** @param {(path: string, body: unknown) => void} act */
export function startMails(act) {
  power.addEventListener("click", () => act("/control/mail", { up: !isUp }));
  document.getElementById("mail-look").addEventListener("click", () => act("/control/mail/look", {}));
}
