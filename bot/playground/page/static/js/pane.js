// A list of messages with a place to write: a channel, a thread, or what the app said privately.

import { dateOf, now, zone } from "./clock.js";
import { dayMark, keyOf, withDays } from "./days.js";
import { DeskComposer } from "./deskcomposer.js";
import { followEnd, h, iconButton, keep } from "./dom.js";
import { post } from "./post.js";
import { desk as act } from "./wire.js";

export class Pane {
  /** `openThread` and `close` are there where the pane has such a thing. */
  constructor(agent, { openThread = null, close = null }) {
    this.agent = agent;
    this.openThread = openThread;
    this.editing = "";
    this.dismissed = new Set();
    this.title = h("h3", {});
    this.about = h("span", { class: "about" });
    this.membership = h("button", { type: "button", class: "plain" });
    this.membership.addEventListener("click", () => this.move());
    this.list = h("ol", { class: "posts", tabindex: 0, role: "log" });
    this.toEnd = followEnd(this.list);
    this.composer = new DeskComposer(agent);
    const closer = close && iconButton("close", "Close the thread", close);
    this.element = h(
      "div",
      { class: close ? "pane thread" : "pane" },
      h("header", {}, this.title, this.about, this.membership, closer),
      this.list,
      this.composer.element,
    );
  }

  showChannel(channel, agent, slack) {
    const member = agent.channels.includes(channel.id);
    this.head(`# ${channel.name}`, count(channel.members.length - 1), channel.id);
    this.membership.hidden = false;
    this.membership.textContent = member ? "Leave" : "Join";
    this.list.dataset.empty = member ? "Nothing here yet" : "Only its members see a private channel";
    this.joined = member;
    const whispers = agent.whispers.filter((one) => one.channel === channel.id && !one.thread_ts);
    this.messages(member ? [...channel.messages, ...this.undismissed(whispers)] : [], slack);
    this.composer.writeTo({ channel: channel.id }, `Message #${channel.name}`, member);
  }

  showThread(channel, head, agent, slack) {
    this.head("Thread", `# ${channel.name}`, channel.id);
    this.membership.hidden = true;
    const whispers = agent.whispers.filter((one) => one.channel === channel.id && one.thread_ts === head.ts);
    this.messages([head, ...head.replies, ...this.undismissed(whispers)], slack);
    const member = agent.channels.includes(channel.id);
    this.composer.writeTo({ channel: channel.id, thread: head.ts }, "Reply; ;; begins a note", member);
  }

  showApp(agent, slack) {
    this.head("Sanad", "What it tells only you", "");
    this.membership.hidden = true;
    this.list.dataset.empty = "Nothing here yet";
    this.messages(agent.direct, slack);
    this.composer.element.hidden = true;
  }

  focus() {
    this.composer.focus();
  }

  head(title, about, channel) {
    const place = title + channel;
    if (place !== this.place) this.list.replaceChildren();
    this.place = place;
    this.channel = channel;
    this.title.textContent = title;
    this.about.textContent = about;
    this.list.setAttribute("aria-label", title);
  }

  messages(messages, slack) {
    this.shown = [messages, slack];
    const inOrder = [...messages].sort((one, other) => (one.ts < other.ts ? -1 : 1));
    const parts = this.parts(slack);
    const items = withDays(inOrder, (message) => Number(message.ts) * 1000);
    const build = (item) => (item.day ? dayMark(item, "en-GB") : post(item, parts));
    // What a card calls today is another day tomorrow.
    const state = (item) => `${item.ts === this.editing} ${zone()} ${dateOf(now())}`;
    keep(this.list, items, (item) => keyOf(item, (message) => message.ts), build, state);
    this.toEnd();
  }

  parts(slack) {
    const channelOf = (message) => message.channel || this.channel;
    const change = (message, what) => this.act({ ...what, channel: channelOf(message), ts: message.ts });
    return {
      slack,
      agent: this.agent,
      openThread: this.openThread,
      editing: (message) => message.ts === this.editing,
      edit: (message) => this.edit(message.ts),
      change: async (message, text) => (await change(message, { do: "edits", text })) && this.edit(""),
      remove: (message) => change(message, { do: "deletes" }),
      dismiss: (message) => this.dismiss(message.ts),
      click: (message, action) => change(message, { do: "clicks", action }),
      choose: (message, action, option) => change(message, { do: "chooses", action, option }),
    };
  }

  edit(ts) {
    this.editing = ts;
    this.messages(...this.shown);
  }

  undismissed(whispers) {
    return whispers.filter((one) => !this.dismissed.has(one.ts)).map((one) => ({ ...one, private: true }));
  }

  dismiss(ts) {
    this.dismissed.add(ts);
    const [messages, slack] = this.shown;
    this.messages(messages.filter((message) => message.ts !== ts), slack);
  }

  move() {
    this.act({ do: this.joined ? "leaves" : "joins", channel: this.channel });
  }

  act(what) {
    return act(this.agent, what);
  }
}

function count(agents) {
  return agents === 1 ? "1 agent" : `${agents} agents`;
}
