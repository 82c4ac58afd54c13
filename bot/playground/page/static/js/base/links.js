// Links in what people read: those to the web open beside the page, those into the desk open there.

import { h } from "./dom.js";

const WEB = /(https?:\/\/[^\s<>]*[^\s<>.,;:!?)»])/;
const PLACE = /\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?.*thread_ts=([\d.]+))?/;

/** Words with their addresses made to links. */
export function linked(text) {
  return text.split(WEB).map((part, place) => (place % 2 ? webLink(part, part) : part));
}

/** A link as Slack draws it: one to a message of the desk goes there. */
export function deskLink(url, text) {
  const [, channel, seconds, fraction, thread] = PLACE.exec(url) ?? [];
  if (!channel) return WEB.test(url) ? webLink(url, text) : text;
  const place = { channel, thread: thread ?? `${seconds}.${fraction}` };
  const go = (event) => {
    event.preventDefault();
    event.currentTarget.dispatchEvent(new CustomEvent("goes", { bubbles: true, detail: place }));
  };
  return h("a", { class: "link", href: "#", on: { click: go } }, text); // a button tells no line which way it runs
}

function webLink(href, text) {
  return h("a", { class: "link", href, target: "_blank", rel: "noopener noreferrer" }, text);
}
