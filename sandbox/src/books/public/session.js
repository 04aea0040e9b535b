import { postJson, root, toast } from "./common.js";

const box = document.querySelector(".session");
const state = box.querySelector(".session-state");
const button = box.querySelector("button");

/** @param {boolean} signedIn */
function show(signedIn) {
  if (box.dataset.signedIn === String(signedIn)) return;
  box.dataset.signedIn = String(signedIn);
  state.textContent = signedIn ? "Signed in" : "Signed out";
  button.textContent = signedIn ? "Sign out" : "Sign in";
}

button.addEventListener("click", async () => {
  const answer = await postJson("/control/session", { signedIn: box.dataset.signedIn !== "true" });
  if (!answer.ok) return toast("error", answer.message);
  show(answer.body.signedIn);
  document.dispatchEvent(new Event("session-switched"));
});

async function look() {
  const answer = await fetch(`${root}/control/session`);
  if (answer.ok) show((await answer.json()).signedIn);
}

/* The widget signs in through a popup and goes on by itself; when it closes, the focus comes back here. */
window.addEventListener("focus", look);
/* Going back shows a page as it was; the session may have changed since. */
window.addEventListener("pageshow", look);
