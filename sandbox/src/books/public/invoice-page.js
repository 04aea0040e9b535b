import { keepWidth } from "./width.js";
import { onRefreshData, tellWidget } from "./zfapps-host.js";

const record = document.getElementById("record");
let recordText = record.innerHTML;

/** Reads the record again and changes only what differs, as Books does after REFRESH_DATA. */
onRefreshData(async () => {
  const answer = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of ["#record", ".narrow-list"]) {
    const [now, next] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (now && next && now.innerHTML !== next.innerHTML) now.replaceChildren(...next.childNodes);
  }
  if (record.innerHTML === recordText) return;
  recordText = record.innerHTML;
  tellWidget("ON_INVOICE_CHANGE");
});

keepWidth("sidebar-width", document.querySelector(".document-page"));
document.querySelector('.narrow-list [aria-current="page"]')?.scrollIntoView({ block: "nearest" });
