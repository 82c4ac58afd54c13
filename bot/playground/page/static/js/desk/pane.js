// A place at the desk: a channel or a thread, with its messages and where to write.

import { h, iconButton, wordButton } from "../base/dom.js";
import { menu } from "../base/menu.js";
import { desk as act } from "../base/wire.js";
import { counted, t } from "../base/words.js";
import { channelChoices } from "./channel.js";
import { DeskComposer } from "./composer.js";
import { Posts } from "./posts.js";

export class Pane {
  /** `openThread` and `close` are there where the pane has such a thing. */
  constructor(agent, { openThread = null, close = null }) {
    this.agent = agent;
    this.title = h("h3", { dir: "auto" });
    this.about = h("span", { class: "about" });
    this.join = wordButton(t("desk.join"), () => act(agent, { do: "joins", channel: this.channel.id }));
    this.more = close ? iconButton("close", t("desk.close_thread"), close)
      : menu("more", t("desk.channel_menu"), () => channelChoices(agent, this.channel, this.slack));
    this.posts = new Posts(agent, openThread);
    this.note = h("p", { class: "note", hidden: true }, t("desk.archived_note"));
    this.composer = new DeskComposer(agent);
    this.element = h(
      "div",
      { class: close ? "pane thread" : "pane" },
      h("header", {}, this.title, this.about, this.join, this.more),
      this.posts.element,
      this.note,
      this.composer.element,
    );
    if (close) this.element.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());
  }

  showChannel(channel, agent, slack) {
    const member = agent.channels.includes(channel.id);
    const about = [
      counted("desk.agents", channel.members.filter((one) => one !== slack.bot.id).length),
      channel.public && t("desk.public"),
      channel.archived && t("desk.archived"),
      !channel.members.includes(slack.bot.id) && t("desk.bot_is_out"),
    ];
    this.head(`# ${channel.name}`, about.filter(Boolean).join(" · "), channel, slack);
    this.join.hidden = member;
    this.posts.element.dataset.empty = t(member ? "desk.empty" : "desk.not_member");
    const whispers = agent.whispers.filter((one) => one.channel === channel.id && !one.thread_ts);
    this.posts.moveTo(channel.id, `# ${channel.name}`);
    this.posts.show(member ? channel.messages : [], member ? whispers : [], { slack, channel: channel.id });
    this.writes({ channel: channel.id }, t("desk.message_to", { place: `\u2068#${channel.name}\u2069` }), member);
  }

  showThread(channel, head, agent, slack) {
    this.head(t("desk.thread"), `# ${channel.name}`, channel, slack);
    this.join.hidden = true;
    const whispers = agent.whispers.filter((one) => one.channel === channel.id && one.thread_ts === head.ts);
    this.posts.moveTo(head.ts, t("desk.thread"));
    this.posts.show([head, ...head.replies], whispers, { slack, channel: channel.id });
    this.writes({ channel: channel.id, thread: head.ts }, t("desk.reply_here"), agent.channels.includes(channel.id));
  }

  focus() {
    this.composer.focus();
  }

  head(title, about, channel, slack) {
    Object.assign(this, { channel, slack });
    this.title.textContent = title;
    this.about.textContent = about;
  }

  writes(where, label, member) {
    this.note.hidden = !this.channel.archived;
    this.composer.writeTo(where, label, member && !this.channel.archived);
  }
}
