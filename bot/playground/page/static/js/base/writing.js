// A text box that grows, and sends with Enter; Shift and Enter begin a new line.

import { h } from "./dom.js";

const TALLEST = 130;

export function writingBox(label, send) {
  const box = h("textarea", { rows: 1, "aria-label": label, placeholder: label, class: "writing" });
  const grow = () => {
    box.dir = box.value ? "auto" : ""; // an empty box speaks the page's own language
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
    grow();
  };
  return box;
}
