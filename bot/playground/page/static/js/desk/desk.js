// The desk: a workspace with its channels, seen by the one of its agents whom the visitor plays.

import { h, hidden, icon } from "../base/dom.js";
import { keep } from "../base/keep.js";
import { t } from "../base/words.js";
import { avatar } from "./faces.js";
import { APP, View } from "./view.js";

export class Desk {
  constructor(slack) {
    this.views = new Map(slack.agents.map((agent) => [agent.id, new View(slack, agent)]));
    this.agent = slack.agents[0].id;
    this.people = h("div", { class: "people", role: "group", "aria-label": t("desk.who") });
    this.places = h("nav", { "aria-label": t("desk.channels") });
    this.apps = h("nav", { class: "apps", "aria-label": t("desk.apps") });
    this.room = h("div", { class: "room" });
    const rail = h("aside", {}, h("h2", {}, t("desk.title")),
      part("desk.who", this.people), part("desk.channels", this.places), part("desk.apps", this.apps));
    this.element = h("section", { class: "desk", "aria-label": t("desk.name") }, rail, this.room);
    this.element.addEventListener("goes", ({ detail }) => this.goTo(detail));
    this.element.addEventListener("keydown", (event) => onArrows(event, rail));
  }

  show(slack) {
    this.slack = slack;
    for (const agent of slack.agents) this.views.get(agent.id).learn(slack, agent);
    this.render();
  }

  render() {
    const view = this.views.get(this.agent);
    view.render();
    view.tellWhispers();
    view.look();
    const places = view.places();
    const looks = (one) => `${one.id === this.agent} ${this.views.get(one.id).hasNews}`;
    keep(this.people, this.slack.agents, (one) => one.id, (one) => this.personButton(one), looks);
    keep(this.places, places.filter(({ id }) => id !== APP), (place) => place.id, (place) => this.placeButton(view, place));
    keep(this.apps, places.filter(({ id }) => id === APP), (place) => place.id, (place) => this.placeButton(view, place));
    if (this.room.firstChild !== view.element) this.room.replaceChildren(view.element);
  }

  /** A link leads to a message: its thread opens, and the dialog that told of it closes. */
  goTo({ channel, thread }) {
    const view = this.views.get(this.agent);
    view.open(channel);
    view.openThread(thread);
    view.modal.leave();
    this.render();
  }

  personButton({ id, name }) {
    const choose = () => {
      this.agent = id;
      this.render();
    };
    const news = this.views.get(id).hasNews;
    const props = { type: "button", "aria-pressed": String(id === this.agent), on: { click: choose } };
    return h("button", { ...props, class: news ? "news" : "" }, avatar(name), h("span", {}, name), news && hidden(t("desk.news")));
  }

  placeButton(view, { id, title, sign, chosen, news, archived }) {
    const open = () => {
      view.open(id);
      this.render();
    };
    const looks = `${news ? "news" : ""} ${archived ? "archived" : ""}`;
    const props = { type: "button", "aria-current": chosen && "page", class: looks, on: { click: open } };
    return h("button", props, icon(sign), h("bdi", {}, title), news && hidden(t("desk.news")));
  }
}

function part(key, list) {
  return h("div", { class: "part" }, h("h3", {}, t(key)), list);
}

/** The arrows go through the rail, as in any list. */
function onArrows(event, rail) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !rail.contains(event.target)) return;
  const buttons = [...rail.querySelectorAll("button")];
  event.preventDefault();
  buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
}
