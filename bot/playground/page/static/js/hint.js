// What to try first, until it was read.

import { h, iconButton } from "./dom.js";

const READ = "sanad-hint-read";
const WORDS =
  "Press Start on a phone and file a request in Arabic or Russian." +
  " Then claim its card at the desk, answer in its thread, and resolve it." +
  " Back on the phone, say that it is solved and rate it." +
  " Or choose a policy that promises something, move time, and see what happens when nobody answers.";

export function showHint(place) {
  if (wasRead()) return;
  place.hidden = false;
  place.append(h("span", {}, WORDS), iconButton("close", "Hide this hint", () => hide(place)));
}

function hide(place) {
  place.hidden = true;
  try {
    localStorage.setItem(READ, "yes");
  } catch {
    // A browser that keeps nothing shows it again.
  }
}

function wasRead() {
  try {
    return localStorage.getItem(READ) === "yes";
  } catch {
    return false;
  }
}
