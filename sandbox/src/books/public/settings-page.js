import { keepWidth } from "./width.js";
import "./zfapps-host.js";

const frame = document.querySelector(".settings-frame");

keepWidth("settings-width", document.querySelector(".settings-page"), () => {
  frame.style.removeProperty("width");
});

/* Dragged to a width of its own, which none of the buttons stands for. */
new ResizeObserver(() => {
  if (frame.style.width === "") return;
  for (const input of document.querySelectorAll('input[name="settings-width"]')) input.checked = false;
}).observe(frame);
