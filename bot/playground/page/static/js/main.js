// Puts the page together and shows every new state on it.

import { TimeBar } from "./bar/timebar.js";
import { TopBar } from "./bar/topbar.js";
import { setClock } from "./base/clock.js";
import { h } from "./base/dom.js";
import { noOffers } from "./base/notices.js";
import { betweenPresses } from "./base/press.js";
import { watch } from "./base/wire.js";
import { readWords, t, wordsOf } from "./base/words.js";
import { Desk } from "./desk/desk.js";
import { Phone } from "./phone/phone.js";
import { Ride } from "./ride/ride.js";

const stage = document.getElementById("stage");
let shown = null;

/** A fresh desk begins with everything empty: drafts, choices, toasts. */
function build(state) {
  noOffers();
  const { people } = state.telegram;
  const phones = people.map((person, place) => new Phone(person, place === 0));
  const desk = new Desk(state.slack);
  stage.replaceChildren(placeChoice(people), ...phones.map((phone) => phone.element), desk.element);
  return { number: state.desk, phones, desk };
}

/** Where there is no room for everything, this chooses what is seen: one of the phones, or the desk. */
function placeChoice(people) {
  const places = [...people.map((person) => [wordsOf(person.language)("phone.who"), person.language]), [t("page.desk"), null]];
  const buttons = places.map(([title, lang], place) =>
    h("button", { type: "button", lang, class: lang ? "" : "to-desk", on: { click: () => look(place) } }, title));
  return h("div", { class: "tabs place-choice", role: "group", "aria-label": t("page.show") }, buttons);
}

/** Bring one of the phones (by number) or the desk (the last number) into view. */
function look(place) {
  stage.dataset.place = place;
  if (place < shown.phones.length) stage.dataset.phone = place;
  document.querySelectorAll(".place-choice button").forEach((button, at) => button.setAttribute("aria-pressed", String(at === place)));
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
  if (shown?.number !== state.desk) {
    shown = build(state);
    look(0);
  }
  state.telegram.people.forEach((person, place) => phoneFor(person, place).show(person, state.telegram, state.groups[person.id]));
  shown.desk.show(state.slack);
  for (const bar of bars) bar.show(state);
}

async function begin() {
  await readWords();
  const ride = new Ride(look);
  const top = new TopBar(document.getElementById("top"), { ride: () => ride.open() });
  const bars = [top, new TimeBar(document.getElementById("time")), ride];
  setInterval(() => shown?.phones.forEach((phone) => phone.tellTime()), 1000);
  watch(betweenPresses((state) => show(state, bars)), () => top.lost());
}

begin();
