// Puts the page together and shows every new state on it.

import { TimeBar } from "./bar/timebar.js";
import { TopBar } from "./bar/topbar.js";
import { setClock } from "./base/clock.js";
import { h } from "./base/dom.js";
import { watch } from "./base/wire.js";
import { readWords, t, wordsOf } from "./base/words.js";
import { Desk } from "./desk/desk.js";
import { Phone } from "./phone/phone.js";

const stage = document.getElementById("stage");
let shown = null;

/** A fresh desk begins with everything empty: drafts, choices, toasts. */
function build(state) {
  const { people } = state.telegram;
  const phones = people.map((person, place) => new Phone(person, place === 0));
  const desk = new Desk(state.slack);
  stage.replaceChildren(placeChoice(people), ...phones.map((phone) => phone.element), desk.element);
  return { number: state.desk, phones, desk };
}

/** Where there is no room for everything, this chooses what is seen: one of the phones, or the desk. */
function placeChoice(people) {
  const places = [...people.map((person) => [wordsOf(person.language)("phone.who"), person.language]), [t("page.desk"), null]];
  const choose = (place) => {
    stage.dataset.place = place;
    if (place < people.length) stage.dataset.phone = place;
    buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(at === place)));
  };
  const buttons = places.map(([title, lang], place) =>
    h("button", { type: "button", lang, class: lang ? "" : "to-desk", on: { click: () => choose(place) } }, title));
  choose(0);
  return h("div", { class: "tabs place-choice", role: "group", "aria-label": t("page.show") }, buttons);
}

/** Somebody who changes the language of their phone gets another one. */
function phoneFor(person, place) {
  const phone = shown.phones[place];
  if (phone.language === person.language) return phone;
  const other = (shown.phones[place] = new Phone(person, place === 0));
  phone.element.replaceWith(other.element);
  return other;
}

function show(state, bars) {
  setClock(state.time);
  if (shown?.number !== state.desk) shown = build(state);
  for (const bar of bars) bar.show(state);
  state.telegram.people.forEach((person, place) => phoneFor(person, place).show(person, state.telegram));
  shown.desk.show(state.slack);
}

async function begin() {
  await readWords();
  const top = new TopBar(document.getElementById("top"), {});
  const bars = [top, new TimeBar(document.getElementById("time"))];
  setInterval(() => shown?.phones.forEach((phone) => phone.tellTime()), 1000);
  watch((state) => show(state, bars), () => top.lost());
}

begin();
