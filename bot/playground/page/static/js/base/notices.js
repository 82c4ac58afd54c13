// Short words of the page itself, which go by themselves, and what only a screen reader tells.

import { h } from "./dom.js";

const LASTS = 6000;

export function notice(text) {
  const shown = h("div", { class: "notice said" }, text);
  document.getElementById("notices").append(shown);
  setTimeout(() => shown.remove(), LASTS);
}
