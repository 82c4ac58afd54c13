// A message on a phone: its bubble and the buttons under it.

import { clockTime } from "../base/clock.js";
import { h, hidden, icon, said } from "../base/dom.js";
import { linked } from "../base/links.js";
import { menu } from "../base/menu.js";
import { directionIn, directionOf } from "../base/words.js";
import { media } from "./media.js";

/** `parts` are the phone's words and what can be done with a message. */
export function bubble(message, parts) {
  const own = message.from_bot ? "theirs" : "mine";
  const bare = message.kind === "sticker" || message.kind === "video_note";
  return h(
    "li",
    { class: `message ${own} ${message.last ? "last" : ""} ${message.text ? "" : "wordless"} ${bare ? "bare" : ""}`, data: { message: message.id } },
    h("div", { class: "bubble" }, inside(message, parts), when(message, parts)),
    tools(message, parts),
    message.buttons.length > 0 && buttons(message, parts),
  );
}

function inside(message, parts) {
  const quoted = parts.quoted(message);
  return [
    quoted && quote(quoted, parts),
    message.kind !== "text" && media(message, parts),
    message.text && words(message, parts),
  ];
}

function quote(message, { w, find }) {
  const who = message.from_bot ? "Sanad" : w("phone.you");
  const text = message.text || w(`kind.${message.kind}`);
  return h("button", { type: "button", class: "quoted", on: { click: () => find(message) } }, h("strong", {}, who), said(text));
}

/** The time stands in the last line where that runs as the phone does, which keeps its room; else below it. */
function words(message, parts) {
  const runsAlong = directionIn(message.text.split("\n").at(-1)) === directionOf(parts.language);
  const element = said(linked(message.text), runsAlong ? "" : "apart");
  if (runsAlong) element.dataset.when = moment(message, parts);
  return element;
}

function moment({ edited, at }, { w, locale }) {
  return `${edited ? `${w("phone.edited")} ` : ""}${clockTime(at, locale)}`;
}

function when(message, parts) {
  const { w } = parts;
  const [ticks, told] = message.taken ? ["received", w("phone.received")] : ["sent", w("phone.sent")];
  return h(
    "div",
    { class: "when" },
    moment(message, parts),
    !message.from_bot && [icon(ticks), hidden(told)],
  );
}

function tools(message, { w, reply, edit }) {
  if (!reply) return null; // in a group
  const canChange = !message.from_bot && message.text;
  return h("div", { class: "tools" }, menu("chevron", w("phone.message_menu"), () => [
    { icon: "reply", title: w("phone.reply"), chosen: () => reply(message) },
    ...(canChange ? [{ icon: "edit", title: w("phone.edit"), chosen: () => edit(message) }] : []),
  ]));
}

function buttons(message, { press, open }) {
  const rows = message.buttons.map((row) =>
    h("div", { class: "row" }, row.map((one) =>
      h("button", { type: "button", class: "said", data: { press: one.data }, on: { click: () => (one.url ? open(one) : press(message, one.data)) } },
        one.text, one.url && icon("link")),
    )),
  );
  return h("div", { class: "buttons" }, rows);
}
