// Where a customer writes: text, commands, files, an answer to a message, a change of an own one.

import { h, icon, iconButton, said } from "../base/dom.js";
import { menu } from "../base/menu.js";
import { group, phone as act } from "../base/wire.js";
import { writingBox } from "../base/writing.js";
import { chosenFiles, keptFiles } from "../base/upload.js";

const SAMPLES = ["photo", "album", "document", "voice", "video", "sticker", "location"];

export class Composer {
  constructor(person, w) {
    this.person = person;
    this.w = w;
    this.commands = [];
    this.about = null;
    this.inGroup = false;
    this.banner = h("div", { class: "about", hidden: true });
    this.box = writingBox(w("phone.write"), () => this.send());
    this.attach = menu("attach", w("phone.attach"), () => this.fileChoices());
    const row = h(
      "div",
      { class: "row" },
      menu("commands", w("phone.commands"), () => this.commandChoices()),
      this.box,
      this.attach,
      h("button", { class: "send", "aria-label": w("phone.send"), title: w("phone.send") }, icon("send")),
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

  /** Where the next words go; in a group there are but words. */
  goesTo(inGroup) {
    if (this.inGroup !== inGroup) this.forget();
    this.inGroup = inGroup;
    this.attach.hidden = inGroup;
  }

  replyTo(message) {
    this.aboutTo({ reply: message.id }, this.w("phone.replying"), message);
  }

  edit(message) {
    this.aboutTo({ edit: message.id }, this.w("phone.editing"), message);
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
    if (!(await this.goes(text, what)) && !this.box.value) this.box.put(text);
  }

  goes(text, what) {
    return this.inGroup ? group(this.person, text) : act(this.person, what);
  }

  act(text) {
    if (this.about?.edit) return { do: "edits", message: this.about.edit, text };
    return { do: "says", text, reply_to: this.about?.reply ?? null };
  }

  aboutTo(about, title, message) {
    this.about = about;
    const text = message.text || this.w(`kind.${message.kind}`);
    this.banner.replaceChildren(
      h("div", {}, h("strong", {}, title), said(text)),
      iconButton("close", this.w("phone.cancel"), () => this.forget()),
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
      chosen: () => this.goes(`/${command}`, { do: "says", text: `/${command}` }),
    }));
  }

  fileChoices() {
    const samples = SAMPLES.map((kind) => ({
      icon: kind,
      title: this.w(`kind.${kind}`),
      chosen: () => this.sendFile({ kind }),
    }));
    return [
      { icon: "device", title: this.w("phone.device"), chosen: () => this.fromDevice() },
      ...samples,
      { icon: "contact", title: this.w("kind.contact"), chosen: () => act(this.person, { do: "shares_contact" }) },
    ];
  }

  /** Pictures go together; anything else goes as what it is. */
  async fromDevice() {
    const files = await keptFiles(await chosenFiles(), this.w);
    if (!files.length) return;
    const pictures = files.every((file) => file.type.startsWith("image/"));
    if (pictures && files.length > 1) return this.sendFile({ kind: "album", files: files.map((file) => file.id) });
    for (const file of files) await this.sendFile({ kind: kindOf(file.type), files: [file.id] });
  }

  /** What is in the box goes along as the caption. */
  async sendFile(what) {
    const caption = this.box.value;
    const reply_to = this.about?.reply ?? null;
    this.forget();
    await this.sent(caption, { do: "sends", ...what, caption, reply_to });
  }
}

function kindOf(type) {
  if (/^image\/(jpeg|png|webp)$/.test(type)) return "photo";
  if (type === "audio/ogg") return "voice";
  if (type.startsWith("audio/")) return "audio";
  return type === "video/mp4" ? "video" : "document";
}
