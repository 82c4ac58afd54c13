// Short words of the page itself, which go by themselves, and what only a screen reader tells.

import { h } from "./dom.js";

const LASTS = 6000;
const trouble = h("div", { class: "notice trouble said", role: "alert", hidden: true });

/** What is wrong, as long as it is; nothing where all is well. */
export function wrong(text) {
  if (!trouble.isConnected) document.getElementById("notices").append(trouble);
  if (trouble.textContent !== text) trouble.textContent = text;
  trouble.hidden = !text;
}

export function notice(text) {
  const shown = h("div", { class: "notice said" }, text);
  document.getElementById("notices").append(shown);
  setTimeout(() => shown.remove(), LASTS);
}
