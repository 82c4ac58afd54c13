// A text box that grows, and sends with Enter; Shift and Enter begin a new line.

import { h } from "./dom.js";
import { directionIn } from "./words.js";

const TALLEST = 130;

/** A box runs as what is in it does; an empty one as what stands there instead. */
export function turning(box) {
  box.turn = () => { box.dir = box.value ? "auto" : box.placeholder && directionIn(box.placeholder); };
  box.addEventListener("input", box.turn);
  box.turn();
  return box;
}

export function writingBox(label, send) {
  const box = turning(h("textarea", { rows: 1, "aria-label": label, placeholder: label, class: "writing" }));
  const grow = () => {
    box.style.blockSize = "auto";
    const wanted = box.scrollHeight; // nothing where the box is not on the page yet
    if (wanted && box.value) box.style.blockSize = `${Math.min(wanted + 2, TALLEST)}px`;
  };
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  box.put = (text) => {
    box.value = text;
    box.turn();
    grow();
  };
  return box;
}
