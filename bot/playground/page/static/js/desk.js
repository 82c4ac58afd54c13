// The desk: a workspace with its channels, seen by the one of its agents whom the visitor plays.

import { h, keep } from "./dom.js";
import { avatar } from "./faces.js";
import { Modal } from "./modal.js";
import { notice } from "./notices.js";
import { Pane } from "./pane.js";

const APP = "app";

export class Desk {
  constructor(slack) {
    this.views = new Map(slack.agents.map((agent) => [agent.id, new View(slack, agent)]));
    this.agent = slack.agents[0].id;
    this.people = h("div", { class: "people", role: "group", "aria-label": "Which agent you are" });
    this.places = h("nav", { "aria-label": "Channels" });
    this.room = h("div", { class: "room" });
    this.element = h(
      "section",
      { class: "desk", "aria-label": "The agents' desk" },
      h("aside", {}, h("h2", {}, "Desk"), this.people, this.places),
      this.room,
    );
  }

  show(slack) {
    this.slack = slack;
    for (const agent of slack.agents) this.views.get(agent.id).show(slack, agent);
    this.views.get(this.agent).tellWhispers();
    this.render();
  }

  render() {
    const { slack } = this;
    const agent = slack.agents.find((one) => one.id === this.agent);
    const view = this.views.get(agent.id);
    view.look();
    const looks = (one) => `${one.id === this.agent} ${this.views.get(one.id).hasNews}`;
    keep(this.people, slack.agents, (one) => one.id, (one) => this.personButton(one), looks);
    keep(this.places, view.places(), (place) => place.id, (place) => this.placeButton(view, place));
    if (this.room.firstChild !== view.element) this.room.replaceChildren(view.element);
  }

  personButton({ id, name }) {
    const choose = () => {
      this.agent = id;
      this.render();
    };
    const news = this.views.get(id).hasNews;
    const props = { type: "button", "aria-pressed": String(id === this.agent), on: { click: choose } };
    return h("button", { ...props, class: news ? "news" : "" }, avatar(name), name);
  }

  placeButton(view, { id, title, chosen, news }) {
    const open = () => {
      view.open(id);
      this.render();
    };
    const props = { type: "button", "aria-current": chosen && "page", class: news ? "news" : "", on: { click: open } };
    return h("button", props, title, news && h("span", { class: "visually-hidden" }, "(new)"));
  }
}

/** What one agent has open: a place, perhaps a thread beside it, and what they have read. */
class View {
  constructor(slack, agent) {
    this.agent = agent;
    this.place = agent.channels[0] ?? APP;
    this.thread = "";
    this.read = {};
    this.told = new Set(this.private().map((whisper) => whisper.ts));
    const openThread = (ts) => this.openThread(ts);
    this.main = new Pane(agent.id, { openThread });
    this.side = new Pane(agent.id, { close: () => this.openThread("") });
    this.modal = new Modal(agent.id);
    this.panes = h("div", { class: "panes" }, this.main.element, this.side.element);
    this.element = h("div", { class: "view" }, this.panes, this.modal.element);
  }

  show(slack, agent) {
    this.slack = slack;
    this.agent = agent;
    this.render();
    this.modal.show(agent.dialog, slack);
  }

  open(place) {
    this.place = place;
    this.thread = "";
    this.render();
  }

  openThread(ts) {
    this.thread = ts;
    this.render();
    if (ts) this.side.focus();
  }

  render() {
    const channel = this.channel();
    const member = this.agent.channels.includes(this.place);
    const head = member && channel.messages.find((message) => message.ts === this.thread);
    if (channel) this.main.showChannel(channel, this.agent, this.slack);
    else this.main.showApp(this.agent, this.slack);
    this.side.element.hidden = !head;
    this.panes.classList.toggle("with-thread", Boolean(head));
    if (head) this.side.showThread(channel, head, this.agent, this.slack);
  }

  /** The visitor looks at what is open. */
  look() {
    this.read[this.place] = latest(this.messagesOf(this.place));
  }

  get hasNews() {
    return this.places().some((place) => place.news);
  }

  places() {
    const channels = this.slack.channels.map(({ id, name }) => ({ id, title: `# ${name}` }));
    return [...channels, { id: APP, title: "Sanad (app)" }].map((place) => ({
      ...place,
      chosen: place.id === this.place,
      news: latest(this.messagesOf(place.id)) > (this.read[place.id] ?? ""),
    }));
  }

  channel() {
    return this.slack.channels.find((channel) => channel.id === this.place);
  }

  messagesOf(place) {
    if (place === APP) return this.agent.direct;
    const channel = this.slack.channels.find((one) => one.id === place);
    const seen = this.agent.channels.includes(place) ? channel.messages : [];
    return seen.flatMap((message) => [message, ...message.replies]);
  }

  /** What only this agent sees. */
  private() {
    const direct = this.agent.direct.map((message) => ({ ...message, channel: APP, thread_ts: "" }));
    return [...this.agent.whispers, ...direct];
  }

  /** A private word in a place that is not open would be missed: its thread opens, or a notice says it. */
  tellWhispers() {
    for (const whisper of this.private()) {
      if (this.told.has(whisper.ts)) continue;
      this.told.add(whisper.ts);
      const elsewhere = whisper.thread_ts && whisper.thread_ts !== this.thread;
      if (elsewhere && whisper.channel === this.place && !this.thread) this.openThread(whisper.thread_ts);
      else if (elsewhere || whisper.channel !== this.place) notice(`Only for ${this.agent.name}: ${whisper.text}`);
    }
  }
}

function latest(messages) {
  return messages.reduce((last, message) => (message.ts > last ? message.ts : last), "");
}
