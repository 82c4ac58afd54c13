// A message on a phone: its bubble and the buttons under it.

import { clockTime } from "./clock.js";
import { h, icon, iconButton } from "./dom.js";

/** `parts` are the phone's words and what can be done with a message. */
export function bubble(message, parts) {
  const { words } = parts;
  const own = message.from_bot ? "theirs" : "mine";
  const quoted = parts.quoted(message);
  return h(
    "li",
    { class: `message ${own}`, data: { message: message.id } },
    h(
      "div",
      { class: "bubble" },
      quoted && quote(quoted, words),
      message.kind !== "text" && attachment(message, words),
      message.text && h("div", { class: "said" }, message.text),
      h("div", { class: "when" }, message.edited && `${words.edited} `, clockTime(message.at, parts.language)),
    ),
    tools(message, parts),
    message.buttons.length > 0 && buttons(message, parts),
  );
}

function quote(message, words) {
  const who = message.from_bot ? "Sanad" : words.you;
  const text = message.text || words[message.kind] || words.other;
  return h("div", { class: "quoted" }, h("strong", {}, who), h("div", { class: "said" }, text));
}

function attachment(message, words) {
  const kind = words[message.kind] ? message.kind : "other";
  const sign = kind === "other" ? "document" : kind;
  return h("div", { class: `attachment ${kind}` }, icon(sign), words[kind]);
}

function tools(message, { words, reply, edit }) {
  const canChange = !message.from_bot && message.text;
  return h(
    "div",
    { class: "tools" },
    iconButton("reply", words.reply, () => reply(message)),
    canChange && iconButton("edit", words.edit, () => edit(message)),
  );
}

function buttons(message, { press }) {
  const rows = message.buttons.map((row) =>
    h("div", { class: "row" }, row.map((one) =>
      h("button", { type: "button", class: "said", data: { press: one.data }, on: { click: () => press(message, one.data) } }, one.text),
    )),
  );
  return h("div", { class: "buttons" }, rows);
}
