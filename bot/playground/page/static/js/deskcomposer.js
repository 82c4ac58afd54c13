// Where an agent writes, and gives commands.

import { h, icon, writingBox } from "./dom.js";
import { menu } from "./menu.js";
import { notice } from "./notices.js";
import { desk as act } from "./wire.js";

const COMMANDS = [
  { title: "/desk language", detail: "Choose the language of dialogs and private words" },
  { title: "/tickets", detail: "My tickets and the queues" },
];

export class DeskComposer {
  constructor(agent) {
    this.agent = agent;
    this.drafts = {};
    this.box = writingBox("Message", () => this.send());
    this.commands = menu("commands", "Commands", () =>
      COMMANDS.map((one) => ({ ...one, chosen: () => this.command(one.title) })),
    );
    this.element = h(
      "form",
      { class: "composer" },
      h("div", { class: "row" }, this.commands, this.box,
        h("button", { class: "send", "aria-label": "Send", title: "Send" }, icon("send"))),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  /** `where` is a channel and perhaps a thread; each keeps its own draft. */
  writeTo(where, label, member) {
    const place = `${where.channel} ${where.thread ?? ""}`;
    if (place !== this.place) {
      if (this.place) this.drafts[this.place] = this.box.value;
      this.box.put(this.drafts[place] ?? "");
    }
    this.place = place;
    this.where = where;
    this.box.placeholder = label;
    this.box.setAttribute("aria-label", label);
    this.commands.hidden = Boolean(where.thread);
    this.element.hidden = !member;
  }

  focus() {
    this.box.focus();
  }

  async send() {
    const text = this.box.value;
    if (!text) return;
    if (text.startsWith("/")) return this.command(text);
    await this.sent(text, { do: "writes", ...this.where, text });
  }

  async command(line) {
    if (this.where.thread) return notice("Slack takes no commands in threads; give it in the channel.");
    const [command, ...words] = line.split(" ");
    await this.sent(line, { do: "gives", command, text: words.join(" "), channel: this.where.channel });
  }

  /** The box is free for the next words at once; what did not go comes back. */
  async sent(text, what) {
    this.box.put("");
    if (!(await act(this.agent, what)) && !this.box.value) this.box.put(text);
  }
}
