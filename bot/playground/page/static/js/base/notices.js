// Short words of the page itself, which go by themselves, and what only a screen reader tells.

import { h, iconButton } from "./dom.js";

const LASTS = 6000;
const OFFERED = 12000;
const LOOKS = 250;
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

/**
 * Something that can be pressed: it stays longer, and as long as somebody points at it, or until it is closed, or
 * until it `ends`, whoever points at it. Gives a way to end it.
 */
export function offer(about, { close, ends = () => false }, ...inside) {
  const leave = () => {
    clearInterval(looking);
    shown.remove();
  };
  const rest = () => setTimeout(() => (shown.matches(":hover, :focus-within") ? rest() : leave()), OFFERED);
  const looking = setInterval(() => ends() && leave(), LOOKS);
  const shown = h("div", { class: "notice offer" }, h("div", { class: "about" }, h("span", { class: "said" }, about), iconButton("close", close, leave)), inside);
  document.getElementById("notices").append(shown);
  rest();
  return leave;
}

/** What was offered belongs to a desk that is gone. */
export function noOffers() {
  document.querySelectorAll(".notice.offer").forEach((one) => one.remove());
}
