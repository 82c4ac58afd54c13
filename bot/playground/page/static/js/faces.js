// Everybody's picture at the desk: a letter on a colour of their own.

import { h } from "./dom.js";

export function avatar(name) {
  const letter = name.trim().split(/\s+/).at(-1)?.[0] ?? "?";
  return h("span", { class: `face face-${letter.toLowerCase()}`, "aria-hidden": "true" }, letter.toUpperCase());
}
