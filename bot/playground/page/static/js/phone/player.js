// A voice message: a button, bars that fill as it plays, and how long it is.

import { h, icon } from "../base/dom.js";
import { addressOf } from "./address.js";

const BARS = 28;

export function player({ kind, files: [file] }, { w }) {
  const sound = new Audio();
  sound.preload = "none";
  const bars = barsOf(file.id);
  const length = h("small", {}, lasts(file.duration));
  const toggle = h("button", { type: "button", class: "round" });
  const face = (name, key) => {
    toggle.replaceChildren(icon(name));
    toggle.setAttribute("aria-label", `${w(key)}: ${w(`kind.${kind}`)}`);
  };
  toggle.addEventListener("click", () => {
    if (!sound.src) sound.src = addressOf(file);
    if (sound.paused) sound.play().catch(() => face("play", "phone.play"));
    else sound.pause();
  });
  sound.addEventListener("play", () => face("pause", "phone.pause"));
  sound.addEventListener("pause", () => face("play", "phone.play"));
  sound.addEventListener("timeupdate", () => {
    const part = sound.currentTime / (Number.isFinite(sound.duration) ? sound.duration : file.duration || 1);
    bars.childNodes.forEach((bar, place) => bar.classList.toggle("past", place < part * BARS));
    length.textContent = lasts(sound.currentTime);
  });
  face("play", "phone.play");
  return h("div", { class: "voice" }, toggle, h("div", { class: "about" }, bars, length));
}

/** The bars of a file are always the same. */
function barsOf(name) {
  let seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const bar = () => {
    seed = (seed * 1103515245 + 12345) >>> 0;
    return h("i", { class: `high-${(seed >>> 16) % 6}` });
  };
  return h("span", { class: "bars", "aria-hidden": "true" }, Array.from({ length: BARS }, bar));
}

function lasts(seconds = 0) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
