// Where an agent writes, gives commands, and shares files.

import { h, icon } from "../base/dom.js";
import { menu } from "../base/menu.js";
import { notice } from "../base/notices.js";
import { desk as act } from "../base/wire.js";
import { t } from "../base/words.js";
import { writingBox } from "../base/writing.js";
import { Chosen } from "./chosen.js";
import { COMMANDS, GLOBAL_SHORTCUTS } from "./commands.js";

export class DeskComposer {
  constructor(agent) {
    this.agent = agent;
    this.drafts = {};
    this.box = writingBox(t("desk.message"), () => this.send());
    this.commands = menu("slash", t("desk.commands"), () => this.choices());
    this.chosen = new Chosen();
    this.element = h(
      "form",
      { class: "composer" },
      this.chosen.list,
      h("div", { class: "row" }, this.commands, this.box, this.chosen.opener,
        h("button", { class: "send", "aria-label": t("desk.send"), title: t("desk.send") }, icon("send"))),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  /** `where` is a channel and perhaps a thread; each keeps its own draft. */
  writeTo(where, label, may) {
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
    this.element.hidden = !may;
  }

  focus() {
    this.box.focus();
  }

  choices() {
    return [
      ...COMMANDS.map(({ command, hint }) => ({ icon: "slash", title: command, detail: hint, chosen: () => this.begin(`${command} `) })),
      ...GLOBAL_SHORTCUTS.map(({ callback, title }) => ({
        icon: "ticket", title, detail: t("desk.shortcut"), chosen: () => act(this.agent, { do: "uses", callback }),
      })),
    ];
  }

  /** A command is put into the box: what follows it is the visitor's to write. */
  begin(text) {
    this.box.put(text);
    this.box.focus();
  }

  async send() {
    const text = this.box.value;
    const { files, ids } = this.chosen;
    if (!text && !ids.length) return;
    if (text.startsWith("/")) return this.command(text);
    this.chosen.put([]);
    if (!(await this.sent(text, { do: "writes", ...this.where, text, files: ids }))) this.chosen.put(files);
  }

  async command(line) {
    if (this.where.thread) return notice(t("desk.no_commands_here"));
    const [command, ...words] = line.trim().split(" ");
    await this.sent(line, { do: "gives", command, text: words.join(" "), channel: this.where.channel });
  }

  /** The box is free for the next words at once; what did not go comes back. */
  async sent(text, what) {
    this.box.put("");
    const done = await act(this.agent, what);
    if (!done && !this.box.value) this.box.put(text);
    return done;
  }
}
