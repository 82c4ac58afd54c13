// Marks between messages where a new day begins: the clock of this desk can be moved.

import { dateOf, dayName } from "./clock.js";
import { h } from "./dom.js";

/** The messages with a mark before the first of each day; `when` tells a message's moment. */
export function withDays(messages, when) {
  const dates = messages.map((message) => dateOf(when(message)));
  return messages.flatMap((message, place) =>
    dates[place] === dates[place - 1] ? [message] : [{ day: dates[place], at: when(message) }, message],
  );
}

export function keyOf(item, key) {
  return item.day ? `day ${item.day}` : key(item);
}

export function dayMark({ at }, locale) {
  return h("li", { class: "day" }, h("span", {}, dayName(at, locale)));
}
