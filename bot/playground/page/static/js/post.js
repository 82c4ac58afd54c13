// A message at the desk: who wrote it, what it says, and what can be done with it.

import { renderBlocks } from "./blocks.js";
import { slackTime } from "./clock.js";
import { avatar } from "./faces.js";
import { h, icon, iconButton, writingBox } from "./dom.js";

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
      message.private && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
      byline(message),
      parts.editing(message) ? editor(message, parts) : body(message, parts),
      message.files.map((file) => h("div", { class: "file" }, icon("document"), file.name)),
      parts.openThread && !message.private && replies(message, parts),
    ),
    tools(message, parts),
  );
}

function byline({ name, bot, ts, edited }) {
  return h(
    "div",
    { class: "byline" },
    h("strong", {}, name),
    bot && h("span", { class: "app" }, "APP"),
    h("span", { class: "when" }, slackTime(ts)),
    edited && !bot && h("span", { class: "when" }, "(edited)"),
  );
}

function body(message, parts) {
  if (!message.blocks.length) return h("div", { class: "said" }, plain(message.text));
  const acts = {
    click: (action) => parts.click(message, action),
    choose: (action, option) => parts.choose(message, action, option),
  };
  return h("div", { class: "blocks", dir: "auto" }, renderBlocks(message.blocks, parts.slack, acts));
}

/** Text without blocks is Slack's wire form. */
function plain(text) {
  return text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}

function editor(message, parts) {
  const save = () => box.value && parts.change(message, box.value);
  const box = writingBox("Change the message", save);
  box.put(message.text);
  queueMicrotask(() => box.focus());
  return h(
    "form",
    { class: "editor", on: { submit: (event) => { event.preventDefault(); save(); } } },
    box,
    h("button", { type: "button", class: "plain", on: { click: () => parts.edit({ ts: "" }) } }, "Cancel"),
    h("button", { class: "plain primary" }, "Save"),
  );
}

function replies(message, { openThread }) {
  const count = message.replies?.length;
  if (!count) return false;
  const title = count === 1 ? "1 reply" : `${count} replies`;
  const open = () => openThread(message.ts);
  return h("button", { type: "button", class: "replies", on: { click: open } }, icon("thread"), title);
}

function tools(message, parts) {
  if (message.private) return h("div", { class: "tools" }, iconButton("close", "Dismiss", () => parts.dismiss(message)));
  const own = message.user === parts.agent && !parts.editing(message);
  return h(
    "div",
    { class: "tools" },
    parts.openThread && iconButton("thread", "Reply in thread", () => parts.openThread(message.ts)),
    own && iconButton("edit", "Edit", () => parts.edit(message)),
    own && iconButton("delete", "Delete", () => parts.remove(message)),
  );
}
