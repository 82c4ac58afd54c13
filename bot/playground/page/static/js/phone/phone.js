// One phone: a private chat with the bot, in the language and direction of its owner.

import { clockTime, now, zone } from "../base/clock.js";
import { dayMark, keyOf, withDays } from "../base/days.js";
import { h, icon, iconButton } from "../base/dom.js";
import { followEnd, keep } from "../base/keep.js";
import { menu } from "../base/menu.js";
import { roving, unoffered } from "../base/roving.js";
import { group, phone as act } from "../base/wire.js";
import { LANGUAGES, directionOf, localeOf, wordsOf } from "../base/words.js";
import { bubble } from "./bubbles.js";
import { Composer } from "./composer.js";
import { grouped } from "./groups.js";

const TOAST_LASTS = 3500;

export class Phone {
  constructor(person, first) {
    this.id = person.id;
    this.language = person.language;
    this.w = wordsOf(person.language);
    this.toasts = person.toasts.length;
    this.status = h("span", { class: "status" });
    this.time = h("span", { class: "time" });
    this.network = h("span", { class: "network" });
    this.chat = h("ol", { class: "chat", tabindex: 0, role: "log", "aria-label": this.w("phone.name"), data: { empty: this.w("phone.empty") } });
    roving(this.chat);
    this.jump = iconButton("down", this.w("phone.to_end"), () => this.toEnd.anyway(), "jump");
    this.jump.hidden = true;
    this.toEnd = followEnd(this.chat, (follows) => { this.jump.hidden = follows; });
    this.toast = h("div", { class: "toast-place", role: "status" });
    this.keyboard = h("div", { class: "keyboard" });
    this.start = this.wideButton("phone.start", { do: "says", text: "/start" });
    this.unblock = this.wideButton("phone.unblock", { do: "unblocks" });
    this.regain = this.wideButton("phone.regain", { do: "regains_account" });
    this.inGroup = false;
    this.chatName = h("strong", {}, "Sanad");
    this.composer = new Composer(person.id, this.w);
    this.element = h(
      "section",
      {
        class: first ? "phone first" : "phone",
        dir: directionOf(person.language),
        lang: person.language,
        "aria-label": this.w("phone.name"),
        data: { person: person.id },
      },
      h("div", { class: "statusbar" }, h("span", { class: "owner" }, this.w("phone.who")), this.network, this.time),
      this.header(),
      h("div", { class: "screen" }, this.chat, this.jump, this.toast),
      this.start,
      this.unblock,
      this.regain,
      this.composer.element,
      this.keyboard,
    );
  }

  show(person, telegram, group) {
    Object.assign(this, { person, telegram, group });
    this.chatName.textContent = this.inGroup ? this.w("phone.group") : "Sanad";
    this.status.textContent = this.w(this.inGroup ? "phone.group_hears" : person.typing ? "phone.typing" : "phone.bot");
    this.status.classList.toggle("typing", person.typing);
    this.network.textContent = telegram.down ? this.w("phone.offline") : "";
    this.tellTime();
    const begun = person.messages.length > 0 || this.inGroup;
    const mute = person.deactivated || (person.blocked && !this.inGroup);
    this.start.hidden = begun || mute;
    this.unblock.hidden = !mute || person.deactivated;
    this.regain.hidden = !person.deactivated;
    this.composer.element.hidden = !begun || mute;
    this.composer.goesTo(this.inGroup);
    this.composer.offer(commandsFor(person, telegram.commands));
    this.showChat(person);
    this.showKeyboard(person);
    this.showToasts(person.toasts);
  }

  tellTime() {
    this.time.textContent = clockTime(now(), localeOf(this.language));
  }

  /** The private chat, or the group that the owner of the phone is in. */
  showChat(person) {
    const messages = this.inGroup ? this.group : person.messages;
    const byId = new Map(messages.map((message) => [message.id, message]));
    const parts = {
      w: this.w,
      language: person.language,
      locale: localeOf(person.language),
      quoted: (message) => byId.get(message.reply_to),
      find: (message) => this.find(message),
      press: (message, data) => this.act({ do: "presses", message: message.id, data }),
      open: () => this.writesPrivately(),
      reply: !this.inGroup && ((message) => this.composer.replyTo(message)),
      edit: (message) => this.composer.edit(message),
    };
    const quotes = (item) => zone() + JSON.stringify((!item.day && parts.quoted(item)) || "");
    const build = (item) => (item.day ? dayMark(item, parts.locale) : unoffered(bubble(item, parts)));
    const items = withDays(grouped(messages), (message) => message.at);
    keep(this.chat, items, (item) => keyOf(item, (message) => message.id), build, quotes);
    this.toEnd();
  }

  /** The message that another one answers, in sight. */
  find({ id }) {
    const found = this.chat.querySelector(`[data-message="${id}"]`);
    found?.scrollIntoView({ block: "center" });
    found?.animate([{ background: "rgb(65 181 123 / 35%)" }, { background: "transparent" }], 1200);
  }

  showKeyboard(person) {
    this.keyboard.hidden = person.keyboard.length === 0 || person.blocked || person.deactivated || this.inGroup;
    keep(this.keyboard, person.keyboard, (row) => person.keyboard.indexOf(row), (row) =>
      h("div", { class: "row" }, row.map((button) => this.keyOf(button))),
    );
  }

  keyOf(button) {
    const tap = () => this.act({ do: "taps", title: button.text });
    return h("button", { type: "button", on: { click: tap } }, button.contact && icon("contact"), button.text);
  }

  showToasts(toasts) {
    for (const text of toasts.slice(this.toasts).filter(Boolean)) {
      const shown = h("div", { class: "toast said" }, text);
      this.toast.append(shown);
      setTimeout(() => shown.remove(), TOAST_LASTS);
    }
    this.toasts = toasts.length;
  }

  header() {
    return h(
      "header",
      {},
      h("img", { class: "avatar", src: "/static/sanad.svg", alt: "" }),
      h("div", { class: "title" }, this.chatName, this.status),
      menu("more", this.w("phone.menu"), () => this.choices()),
    );
  }

  choices() {
    const { blocked, deactivated } = this.person;
    if (deactivated) return [];
    const others = Object.keys(LANGUAGES).filter((name) => name !== this.language);
    return [
      ...others.map((name) => ({
        icon: "language",
        title: wordsOf(name)("phone.language", { language: LANGUAGES[name] }),
        chosen: () => this.speak(name),
      })),
      {
        icon: this.inGroup ? "contact" : "group",
        title: this.w(this.inGroup ? "phone.to_private" : "phone.to_group"),
        chosen: () => this.goesTo(!this.inGroup),
      },
      {
        icon: "block",
        title: this.w(blocked ? "phone.unblock" : "phone.block"),
        danger: !blocked,
        chosen: () => this.act({ do: blocked ? "unblocks" : "blocks" }),
      },
      { icon: "delete", title: this.w("phone.lose"), danger: true, chosen: () => this.act({ do: "loses_account" }) },
    ];
  }

  /** Who goes to a group for the first time adds the bot to it. */
  async goesTo(inGroup) {
    this.inGroup = inGroup;
    this.show(this.person, this.telegram, this.group);
    if (inGroup) await group(this.id);
  }

  /** The button under what the bot says in a group. */
  async writesPrivately() {
    await this.goesTo(false);
    await this.act({ do: "says", text: "/start group" });
  }

  /** The bot takes the phone's language at the first hello; later it is asked by its own command. */
  async speak(language) {
    const begun = this.person.messages.length > 0 && !this.person.blocked;
    if ((await this.act({ do: "speaks", language })) && begun) await this.act({ do: "says", text: "/language" });
  }

  wideButton(key, what) {
    return h("button", { type: "button", class: "wide", on: { click: () => this.act(what) } }, this.w(key));
  }

  act(what) {
    return act(this.id, what);
  }
}

/** What the bot registered for this phone's language, else for everybody. */
function commandsFor(person, registered) {
  const suits = (language) => registered.find((one) => one.scope.endsWith("private_chats") && one.language === language)
    ?? registered.find((one) => one.scope === "default" && one.language === language);
  return (suits(person.language) ?? suits(""))?.commands ?? [];
}
