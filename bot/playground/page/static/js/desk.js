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
    this.modal = new Modal();
    this.room = h("div", { class: "room" });
    this.element = h(
      "section",
      { class: "desk", "aria-label": "The agents' desk" },
      h("aside", {}, h("h2", {}, "Desk"), this.people, this.places),
      this.room,
      this.modal.element,
    );
  }

  show(slack) {
    this.slack = slack;
    for (const agent of slack.agents) this.views.get(agent.id).show(slack, agent);
    this.render();
  }

  render() {
    const { slack } = this;
    const agent = slack.agents.find((one) => one.id === this.agent);
    const view = this.views.get(agent.id);
    keep(this.people, slack.agents, (one) => one.id, (one) => this.personButton(one), (one) => one.id === this.agent);
    keep(this.places, view.places(), (place) => place.id, (place) => this.placeButton(view, place));
    if (this.room.firstChild !== view.element) this.room.replaceChildren(view.element);
    this.modal.show(agent, slack);
  }

  personButton({ id, name }) {
    const choose = () => {
      this.agent = id;
      this.render();
    };
    const pressed = String(id === this.agent);
    return h("button", { type: "button", "aria-pressed": pressed, on: { click: choose } }, avatar(name), name);
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
    this.told = new Set();
    const openThread = (ts) => this.openThread(ts);
    this.main = new Pane(agent.id, { openThread });
    this.side = new Pane(agent.id, { close: () => this.openThread("") });
    this.element = h("div", { class: "panes" }, this.main.element, this.side.element);
  }

  show(slack, agent) {
    this.slack = slack;
    this.agent = agent;
    this.render();
    this.tellWhispers();
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
    const head = channel?.messages.find((message) => message.ts === this.thread);
    if (channel) this.main.showChannel(channel, this.agent, this.slack);
    else this.main.showApp(this.agent, this.slack);
    this.side.element.hidden = !head;
    this.element.classList.toggle("with-thread", Boolean(head));
    if (head) this.side.showThread(channel, head, this.agent, this.slack);
    this.read[this.place] = latest(this.messagesOf(this.place));
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

  /** A private word in a thread that is not open would be missed: the thread opens, or a notice says it. */
  tellWhispers() {
    for (const whisper of this.agent.whispers) {
      if (this.told.has(whisper.ts)) continue;
      this.told.add(whisper.ts);
      const inThread = whisper.thread_ts && whisper.thread_ts !== this.thread;
      if (inThread && whisper.channel === this.place && !this.thread) this.openThread(whisper.thread_ts);
      else if (inThread || whisper.channel !== this.place) notice(`Only for ${this.agent.name}: ${whisper.text}`);
    }
  }
}

function latest(messages) {
  return messages.reduce((last, message) => (message.ts > last ? message.ts : last), "");
}
