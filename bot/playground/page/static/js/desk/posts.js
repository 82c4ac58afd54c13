// A list of messages at the desk, and what an agent can do with each.

import { dateOf, now, zone } from "../base/clock.js";
import { dayMark, keyOf, withDays } from "../base/days.js";
import { h } from "../base/dom.js";
import { followEnd, keep } from "../base/keep.js";
import { roving, unoffered } from "../base/roving.js";
import { desk as act } from "../base/wire.js";
import { post } from "./post.js";

export class Posts {
  /** `openThread` is there where threads can be opened. */
  constructor(agent, openThread = null) {
    this.agent = agent;
    this.openThread = openThread;
    this.editing = "";
    this.dismissed = new Set();
    this.element = h("ol", { class: "posts", tabindex: 0, role: "log" });
    roving(this.element);
    this.toEnd = followEnd(this.element);
  }

  /** Another place begins at its end. */
  moveTo(place, title) {
    if (place === this.place) return;
    this.place = place;
    this.element.replaceChildren();
    this.element.setAttribute("aria-label", title);
    this.toEnd.anyway();
  }

  /** `whispers` are seen by this agent only, until they are dismissed. `channel` is where the others are. */
  show(messages, whispers, { slack, channel }) {
    this.shown = [messages, whispers, { slack, channel }];
    const seen = whispers.filter((one) => !this.dismissed.has(one.ts)).map((one) => ({ ...one, private: true }));
    const inOrder = [...messages, ...seen].sort((one, other) => (one.ts < other.ts ? -1 : 1));
    const parts = this.parts(slack, channel);
    const items = withDays(inOrder, (message) => Number(message.ts) * 1000);
    const build = (item) => (item.day ? dayMark(item) : unoffered(post(item, parts)));
    // What a card calls today is another day tomorrow.
    const today = `${zone()} ${dateOf(now())}`;
    keep(this.element, items, (item) => keyOf(item, (message) => message.ts), build, (item) => `${item.ts === this.editing} ${today}`);
    this.toEnd();
  }

  parts(slack, channel) {
    const change = (message, what) => act(this.agent, { ...what, channel: message.channel || channel, ts: message.ts });
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
      shortcut: (message, callback) => change(message, { do: "uses", callback }),
    };
  }

  edit(ts) {
    this.editing = ts;
    this.show(...this.shown);
  }

  dismiss(ts) {
    this.dismissed.add(ts);
    this.show(...this.shown);
  }
}
