// Everybody's picture at the desk: a letter or two on a colour of their own.

import { h } from "../base/dom.js";

const COLOURS = 6;

export function avatar(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.at(-1).length === 1 ? words.at(-1) : words.slice(0, 2).map((word) => word[0]).join("");
  const number = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % COLOURS;
  return h("span", { class: `face face-${number}`, "aria-hidden": "true" }, letters.toUpperCase());
}
