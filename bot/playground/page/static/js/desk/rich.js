// Rich text: sections, quotes, lists; in them words with styles, people, dates.

import { slackDate } from "../base/clock.js";
import { h } from "../base/dom.js";
import { deskLink } from "../base/links.js";

const TAGS = { rich_text_quote: "blockquote", rich_text_preformatted: "pre" };
const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };

export function richText(block, slack) {
  return h("div", { class: "rich" }, block.elements.map((element) => piece(element, slack)));
}

function piece(element, slack) {
  if (element.type === "rich_text_list") return list(element, slack);
  return h(TAGS[element.type] ?? "div", { class: "said", dir: "auto" }, element.elements.map((one) => inline(one, slack)));
}

function list({ style, elements, offset = 0 }, slack) {
  const [tag, about] = style === "ordered" ? ["ol", { start: offset + 1 }] : ["ul", {}];
  return h(tag, about, elements.map((one) => h("li", {}, piece(one, slack))));
}

function inline(element, slack) {
  return Object.entries(STYLES)
    .filter(([style]) => element.style?.[style])
    .reduce((inner, [, tag]) => h(tag, {}, inner), said(element, slack));
}

function said(element, slack) {
  switch (element.type) {
    case "text":
      return element.text;
    case "user":
      return mention(nameOf(element.user_id, slack));
    case "usergroup":
      return mention(slack.groups[element.usergroup_id] ?? element.usergroup_id);
    case "broadcast":
      return mention(element.range);
    case "channel":
      return `#${slack.channels.find((one) => one.id === element.channel_id)?.name ?? element.channel_id}`;
    case "emoji":
      return emoji(element);
    case "link":
      return deskLink(element.url, element.text ?? element.url);
    case "date":
      return h("time", { title: element.fallback }, slackDate(element.timestamp, element.format));
    default:
      return element.fallback ?? "";
  }
}

function mention(name) {
  return h("bdi", { class: "mention" }, `@${name}`);
}

function nameOf(user, slack) {
  return slack.agents.find((agent) => agent.id === user)?.name ?? (user === slack.bot.id ? slack.bot.name : user);
}

function emoji({ unicode, name }) {
  return unicode ? String.fromCodePoint(...unicode.split("-").map((part) => parseInt(part, 16))) : `:${name}:`;
}
