// One phone: a private chat with the bot, in the language and direction of its owner.

import { bubble } from "./bubbles.js";
import { Composer } from "./composer.js";
import { zone } from "./clock.js";
import { dayMark, keyOf, withDays } from "./days.js";
import { followEnd, h, icon, keep } from "./dom.js";
import { menu } from "./menu.js";
import { phone as act } from "./wire.js";
import { directionOf, wordsFor } from "./words.js";

const TOAST_LASTS = 3500;

export class Phone {
  constructor(person, first) {
    this.id = person.id;
    this.words = wordsFor(person);
    this.toasts = 0;
    this.status = h("span", { class: "status" });
    this.chat = h("ol", { class: "chat", tabindex: 0, role: "log", "aria-label": this.words.phone });
    this.toEnd = followEnd(this.chat);
    this.toast = h("div", { class: "toast-place", role: "status" });
    this.keyboard = h("div", { class: "keyboard" });
    this.start = this.wideButton(this.words.start, () => this.act({ do: "says", text: "/start" }));
    this.unblock = this.wideButton(this.words.unblock, () => this.act({ do: "unblocks" }));
    this.composer = new Composer(person.id, this.words);
    this.element = h(
      "section",
      {
        class: first ? "phone first" : "phone",
        dir: directionOf(person),
        lang: person.language,
        "aria-label": this.words.phone,
        data: { person: person.id },
      },
      this.header(),
      h("div", { class: "screen" }, this.chat, this.toast),
      this.start,
      this.unblock,
      this.composer.element,
      this.keyboard,
    );
  }

  show(person, telegram) {
    this.person = person;
    this.status.textContent = person.typing ? this.words.typing : this.words.bot;
    const begun = person.messages.length > 0;
    this.start.hidden = begun || person.blocked;
    this.unblock.hidden = !person.blocked;
    this.composer.element.hidden = !begun || person.blocked;
    this.composer.offer(commandsFor(person, telegram.commands));
    this.showChat(person);
    this.showKeyboard(person);
    this.showToasts(person.toasts);
  }

  showChat(person) {
    const byId = new Map(person.messages.map((message) => [message.id, message]));
    const parts = {
      words: this.words,
      language: person.language,
      quoted: (message) => byId.get(message.reply_to),
      press: (message, data) => this.act({ do: "presses", message: message.id, data }),
      reply: (message) => this.composer.replyTo(message),
      edit: (message) => this.composer.edit(message),
    };
    const quotes = (item) => zone() + JSON.stringify((!item.day && parts.quoted(item)) || "");
    const build = (item) => (item.day ? dayMark(item, person.language) : bubble(item, parts));
    const items = withDays(person.messages, (message) => message.at);
    keep(this.chat, items, (item) => keyOf(item, (message) => message.id), build, quotes);
    this.toEnd();
  }

  showKeyboard(person) {
    this.keyboard.hidden = person.keyboard.length === 0 || person.blocked;
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
    const choices = () => [
      this.person.blocked
        ? { icon: "block", title: this.words.unblock, chosen: () => this.act({ do: "unblocks" }) }
        : { icon: "block", title: this.words.block, chosen: () => this.act({ do: "blocks" }) },
    ];
    return h(
      "header",
      {},
      h("img", { class: "avatar", src: "/static/sanad.svg", alt: "" }),
      h("div", { class: "title" }, h("strong", {}, "Sanad"), this.status),
      h("span", { class: "owner" }, this.words.who),
      menu("more", this.words.menu, choices),
    );
  }

  wideButton(title, click) {
    return h("button", { type: "button", class: "wide", on: { click } }, title);
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
