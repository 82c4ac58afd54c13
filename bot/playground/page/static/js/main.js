// Puts the page together and shows every new state on it.

import { setClock } from "./clock.js";
import { Desk } from "./desk.js";
import { h } from "./dom.js";
import { showHint } from "./hint.js";
import { Phone } from "./phone.js";
import { TimeBar } from "./timebar.js";
import { TopBar } from "./topbar.js";
import { watch } from "./wire.js";
import { wordsFor } from "./words.js";

const stage = document.getElementById("stage");
const topBar = new TopBar(document.getElementById("top"));
const timeBar = new TimeBar(document.getElementById("time"));
let shown = null;

/** A fresh desk begins with everything empty: drafts, choices, toasts. */
function build(state) {
  const phones = state.telegram.people.map((person, place) => new Phone(person, place === 0));
  const desk = new Desk(state.slack);
  stage.replaceChildren(phoneChoice(state.telegram.people), ...phones.map((phone) => phone.element), desk.element);
  return { number: state.desk, phones, desk };
}

/** Where there is room for one phone only, this chooses which. */
function phoneChoice(people) {
  const choose = (place) => {
    stage.dataset.phone = place;
    buttons.forEach((button, at) => button.setAttribute("aria-pressed", at === place));
  };
  const buttons = people.map((person, place) =>
    h("button", { type: "button", lang: person.language, on: { click: () => choose(place) } }, wordsFor(person).who),
  );
  choose(0);
  return h("div", { class: "tabs phone-choice", role: "group", "aria-label": "Which phone" }, buttons);
}

function show(state) {
  setClock(state.time);
  if (shown?.number !== state.desk) shown = build(state);
  topBar.show(state);
  timeBar.show(state);
  state.telegram.people.forEach((person, place) => shown.phones[place].show(person, state.telegram));
  shown.desk.show(state.slack);
}

showHint(document.getElementById("hint"));
watch(show, () => topBar.lost());
