// A message at the desk: who wrote it, what it says, and what can be done with it.

import { slackTime } from "../base/clock.js";
import { h, icon, iconButton, said, wordButton } from "../base/dom.js";
import { menu } from "../base/menu.js";
import { counted, t } from "../base/words.js";
import { writingBox } from "../base/writing.js";
import { renderBlocks } from "./blocks.js";
import { MESSAGE_SHORTCUTS } from "./commands.js";
import { avatar } from "./faces.js";
import { attached } from "./files.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** `parts` say who looks and what they can do with a message. */
export function post(message, parts) {
  const kind = message.private ? "private" : message.blocks[0]?.type === "header" ? "card" : "";
  return h(
    "li",
    { class: `post ${kind}`, data: { ts: message.ts } },
    message.bot ? h("img", { class: "face", src: "/static/sanad.svg", alt: "" }) : avatar(message.name),
    h(
      "div",
      { class: "content" },
      message.private && h("div", { class: "only-you" }, icon("eye"), t("desk.only_you")),
      byline(message),
      parts.editing(message) ? editor(message, parts) : body(message, parts),
      attached(message.files),
      parts.openThread && !message.private && replies(message, parts),
    ),
    parts.editing(message) ? false : tools(message, parts),
  );
}

function byline({ name, bot, ts, edited }) {
  return h(
    "div",
    { class: "byline" },
    h("strong", {}, name),
    bot && h("span", { class: "app" }, "APP"),
    h("span", { class: "when" }, slackTime(ts)),
    edited && !bot && h("span", { class: "when" }, t("desk.edited")),
  );
}

function body(message, parts) {
  if (message.deleted) return h("div", { class: "gone" }, t("desk.deleted"));
  if (!message.blocks.length) return message.text && said(plain(message.text));
  const acts = {
    click: (action) => parts.click(message, action),
    choose: (action, option) => parts.choose(message, action, option),
  };
  return h("div", { class: "body" }, h("div", { class: "blocks", dir: "auto" }, renderBlocks(message.blocks, parts.slack, acts)));
}

/** Text without blocks is Slack's wire form. */
function plain(text) {
  return text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}

function editor(message, parts) {
  const save = () => box.value && parts.change(message, box.value);
  const leave = () => parts.edit({ ts: "" });
  const box = writingBox(t("desk.change"), save);
  box.put(message.text);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  });
  queueMicrotask(() => box.focus());
  return h(
    "form",
    { class: "editor", on: { submit: (event) => { event.preventDefault(); save(); } } },
    box,
    wordButton(t("desk.cancel"), leave),
    h("button", { class: "plain primary" }, t("desk.save")),
  );
}

function replies(message, { openThread, slack }) {
  const count = message.replies?.length;
  if (!count) return false;
  const faces = [...new Set(message.replies.filter((one) => !one.bot).map((one) => one.name))].slice(0, 3);
  const open = () => openThread(message.ts);
  return h("button", { type: "button", class: "replies", on: { click: open } },
    faces.length ? faces.map((name) => avatar(name)) : icon("thread"), counted("desk.replies", count));
}

function tools(message, parts) {
  if (message.private) return h("div", { class: "tools" }, iconButton("close", t("desk.dismiss"), () => parts.dismiss(message)));
  const choices = message.deleted ? [] : choicesOf(message, parts);
  return h(
    "div",
    { class: "tools" },
    parts.openThread && iconButton("thread", t("desk.reply_in_thread"), () => parts.openThread(message.ts)),
    choices.length > 0 && menu("more", t("desk.more"), () => choices),
  );
}

function choicesOf(message, parts) {
  const own = message.user === parts.agent;
  const shortcuts = MESSAGE_SHORTCUTS.map(({ callback, title }) => ({
    icon: "ticket", title, detail: t("desk.shortcut"), chosen: () => parts.shortcut(message, callback),
  }));
  return [
    ...shortcuts,
    own && { icon: "edit", title: t("desk.edit"), chosen: () => parts.edit(message) },
    (own || message.bot) && { icon: "delete", title: t(own ? "desk.delete" : "desk.delete_admin"), danger: true, chosen: () => parts.remove(message) },
  ].filter(Boolean);
}
