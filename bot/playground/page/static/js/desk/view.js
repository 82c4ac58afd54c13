// What one agent has open: a place, perhaps a thread beside it, and what they have read.

import { now } from "../base/clock.js";
import { h } from "../base/dom.js";
import { notice, offer } from "../base/notices.js";
import { t } from "../base/words.js";
import { desk as act } from "../base/wire.js";
import { AppPane } from "./app.js";
import { renderBlocks } from "./blocks.js";
import { Modal } from "./modal.js";
import { Pane } from "./pane.js";

export const APP = "app";
const MOST_OFFERED = 3;
const UNDO = "undo"; // can be pressed for some seconds

export class View {
  constructor(slack, agent) {
    this.agent = agent;
    this.place = agent.channels[0] ?? APP;
    this.thread = "";
    this.read = {};
    this.told = new Set(privateOf(agent).map((whisper) => whisper.ts));
    const openThread = (ts) => this.openThread(ts);
    this.main = new Pane(agent.id, { openThread });
    this.side = new Pane(agent.id, { close: () => this.openThread("") });
    this.app = new AppPane(agent.id);
    this.modal = new Modal(agent.id);
    this.panes = h("div", { class: "panes" }, this.main.element, this.app.element, this.side.element);
    this.panes.addEventListener("focusin", ({ target }) => this.modal.cameFrom(target));
    this.element = h("div", { class: "view" }, this.panes, this.modal.element);
  }

  /** What is seen now; it is drawn when somebody looks. */
  learn(slack, agent) {
    this.slack = slack;
    this.agent = agent;
  }

  open(place) {
    this.place = place;
    this.thread = "";
    if (place === APP) act(this.agent.id, { do: "opens_home" });
    this.render();
  }

  openThread(ts) {
    this.thread = ts;
    this.render();
    this.look();
    if (ts) this.side.focus();
  }

  render() {
    const channel = this.channel();
    const member = this.agent.channels.includes(this.place);
    const head = member && channel?.messages.find((message) => message.ts === this.thread);
    this.main.element.hidden = !channel;
    this.app.element.hidden = Boolean(channel);
    if (channel) this.main.showChannel(channel, this.agent, this.slack);
    else this.app.show(this.agent, this.slack);
    this.side.element.hidden = !head;
    this.panes.classList.toggle("with-thread", Boolean(head));
    if (head) this.side.showThread(channel, head, this.agent, this.slack);
    this.modal.show(this.agent.dialog, this.slack);
  }

  /** The visitor looks at what is open. */
  look() {
    this.read[this.place] = latest(this.messagesOf(this.place));
  }

  get hasNews() {
    return this.places().some((place) => place.news);
  }

  places() {
    const channels = this.slack.channels.map(({ id, name, archived, public: open }) => ({
      id, title: name, archived, sign: archived ? "archive" : open ? "hash" : "lock",
    }));
    return [...channels, { id: APP, title: t("desk.app"), sign: "app" }].map((place) => ({
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
    const seen = channel && this.agent.channels.includes(place) ? channel.messages : [];
    return seen.flatMap((message) => [message, ...message.replies]);
  }

  /** A private word in a place that is not open would be missed: its thread opens, or a notice says it. */
  tellWhispers() {
    for (const whisper of privateOf(this.agent)) {
      if (this.told.has(whisper.ts)) continue;
      this.told.add(whisper.ts);
      const elsewhere = whisper.thread_ts && whisper.thread_ts !== this.thread;
      if (elsewhere && whisper.channel === this.place && !this.thread) this.openThread(whisper.thread_ts);
      else if (elsewhere || whisper.channel !== this.place) this.tellElsewhere(whisper);
    }
  }

  /** A few buttons can be pressed where it is told; what has more is long, and is read in its place. */
  tellElsewhere(whisper) {
    const { name } = this.agent;
    const buttons = whisper.blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
    if (!buttons.length || buttons.length > MOST_OFFERED) {
      notice(t("desk.only_for", { name, text: whisper.text }));
      return;
    }
    const change = (what) => act(this.agent.id, { ...what, channel: "", ts: whisper.ts }).then(() => leave());
    const acts = {
      click: (action) => change({ do: "clicks", action }),
      choose: (action, option) => change({ do: "chooses", action, option }),
    };
    const blocks = h("div", { class: "blocks", dir: "auto" }, renderBlocks(whisper.blocks, this.slack, acts));
    const ends = () => buttons.some((button) => button.action_id === UNDO) && isOver(whisper, this.slack);
    const leave = offer(t("desk.only_for", { name, text: "" }).trim(), { close: t("desk.dismiss"), ends }, blocks);
  }
}

/** What only this agent sees. */
function privateOf(agent) {
  const direct = agent.direct.map((message) => ({ ...message, channel: APP, thread_ts: "" }));
  return [...agent.whispers, ...direct];
}

function isOver({ ts }, { undo }) {
  return now() / 1000 > Number(ts) + undo;
}

function latest(messages) {
  return messages.reduce((last, message) => (message.ts > last ? message.ts : last), "");
}
