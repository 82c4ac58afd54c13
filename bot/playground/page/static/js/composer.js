// Where a customer writes: text, commands, files, an answer to a message, a change of an own one.

import { h, icon, iconButton, writingBox } from "./dom.js";
import { menu } from "./menu.js";
import { phone as act } from "./wire.js";

const FILES = ["photo", "album", "voice", "video", "document", "sticker", "location"];

export class Composer {
  constructor(person, words) {
    this.person = person;
    this.words = words;
    this.commands = [];
    this.about = null;
    this.banner = h("div", { class: "about", hidden: true });
    this.box = writingBox(words.write, () => this.send());
    const row = h(
      "div",
      { class: "row" },
      menu("commands", words.commands, () => this.commandChoices()),
      this.box,
      menu("attach", words.attach, () => this.fileChoices()),
      h("button", { class: "send", "aria-label": words.send, title: words.send }, icon("send")),
    );
    this.element = h("form", { class: "composer" }, this.banner, row);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.forget());
  }

  /** The commands that the bot registered. */
  offer(commands) {
    this.commands = commands;
  }

  replyTo(message) {
    this.aboutTo({ reply: message.id }, this.words.replying, message);
  }

  edit(message) {
    this.aboutTo({ edit: message.id }, this.words.editing, message);
    this.box.put(message.text);
  }

  async send() {
    const text = this.box.value;
    if (!text) return;
    const what = this.act(text);
    this.forget();
    await this.sent(text, what);
  }

  /** The box is free for the next words at once; what did not go comes back. */
  async sent(text, what) {
    if (!(await act(this.person, what)) && !this.box.value) this.box.put(text);
  }

  act(text) {
    if (this.about?.edit) return { do: "edits", message: this.about.edit, text };
    return { do: "says", text, reply_to: this.about?.reply ?? null };
  }

  aboutTo(about, title, message) {
    this.about = about;
    const text = message.text || this.words[message.kind] || this.words.other;
    this.banner.replaceChildren(
      h("div", {}, h("strong", {}, title), h("div", { class: "said" }, text)),
      iconButton("close", this.words.cancel, () => this.forget()),
    );
    this.banner.hidden = false;
    this.box.focus();
  }

  forget() {
    this.about = null;
    this.banner.hidden = true;
    this.box.put("");
  }

  commandChoices() {
    return this.commands.map(({ command, description }) => ({
      title: `/${command}`,
      detail: description,
      chosen: () => act(this.person, { do: "says", text: `/${command}` }),
    }));
  }

  fileChoices() {
    const files = FILES.map((kind) => ({
      icon: kind,
      title: this.words[kind],
      chosen: () => this.sendFile(kind),
    }));
    const contact = { icon: "contact", title: this.words.contact, chosen: () => act(this.person, { do: "shares_contact" }) };
    return [...files, contact];
  }

  /** What is in the box goes along as the caption. */
  async sendFile(kind) {
    const caption = this.box.value;
    const reply_to = this.about?.reply ?? null;
    this.forget();
    await this.sent(caption, { do: "sends", kind, caption, reply_to });
  }
}
