// The top bar: which policy is played, how the bot is, the ride, and how the page looks and speaks.

import { h, icon, iconButton } from "../base/dom.js";
import { menuOn } from "../base/menu.js";
import { wrong } from "../base/notices.js";
import { remember } from "../base/store.js";
import { LANGUAGES, language, speak, t } from "../base/words.js";
import { send } from "../base/wire.js";
import { PLATFORMS } from "./platforms.js";
import { troubles } from "./troubles.js";

export class TopBar {
  constructor(element, { ride }) {
    this.state = h("span", { class: "state" }, t("bar.connecting"));
    this.down = h("span", { class: "down" });
    this.machine = h("button", { type: "button", class: "plain machine", title: t("bar.machine") },
      h("span", { role: "status", class: "states" }, this.state, this.down), icon("down"));
    this.policy = h("select", { "aria-label": t("bar.policy") });
    this.cards = h("select", { "aria-label": t("bar.cards") }, options(LANGUAGES));
    this.begin = h("button", { class: "plain" }, t("bar.fresh"));
    this.form = h("form", {},
      h("label", {}, h("span", {}, t("bar.policy")), this.policy),
      h("label", {}, h("span", {}, t("bar.cards")), this.cards),
      this.begin);
    this.form.addEventListener("submit", (event) => this.fresh(event));
    this.policy.addEventListener("change", () => this.form.requestSubmit());
    element.append(
      title(),
      this.form,
      menuOn(this.machine, t("bar.machine"), () => troubles(this.seen)),
      h("button", { type: "button", class: "plain primary ride", on: { click: ride } }, icon("ride"), t("bar.ride")),
      languages(),
      iconButton("theme", t("page.theme"), otherTheme),
    );
  }

  show(state) {
    this.seen = state;
    this.state.className = `state ${state.bot.state}`;
    this.state.textContent = standing(state.bot);
    const cut = ["telegram", "slack"].filter((on) => state[on].down);
    this.down.textContent = cut.map((on) => t("bar.down", { platform: PLATFORMS[on] })).join(" · ");
    this.machine.title = [t("bar.machine"), standing(state.bot), this.down.textContent].filter(Boolean).join(" · ");
    wrong(state.bot.why && t("bar.cannot", { why: state.bot.why }));
    if (this.desk !== state.desk) this.settle(state);
  }

  lost() {
    this.state.className = "state stopped";
    this.state.textContent = t("bar.lost");
  }

  /** A new desk says what it is made of; between desks the choice is the visitor's. */
  settle(state) {
    this.desk = state.desk;
    this.policy.replaceChildren(...options(Object.fromEntries(state.policies.map((name) => [name, name]))));
    this.policy.value = state.policy;
    this.cards.value = state.language;
  }

  async fresh(event) {
    event.preventDefault();
    this.begin.disabled = true;
    await send({ on: "fresh", policy: this.policy.value, language: this.cards.value });
    this.begin.disabled = false;
  }
}

function standing({ state, code }) {
  if (state !== "stopped") return t(`state.${state}`);
  return code < 0 ? t("bar.killed", { code: -code }) : t("bar.stopped", { code });
}

function title() {
  const logo = h("img", { src: "/static/sanad.svg", alt: "" });
  return h("h1", {}, logo, h("span", {}, "Sanad"), h("small", {}, t("page.playground")));
}

function languages() {
  const buttons = Object.entries(LANGUAGES).map(([name, title]) =>
    h("button", {
      type: "button", lang: name, title, "aria-label": title, "aria-pressed": String(name === language),
      on: { click: () => speak(name) },
    }, { en: "EN", ar: "ع", ru: "РУ" }[name]));
  return h("div", { class: "tabs languages", role: "group", "aria-label": t("page.language") }, buttons);
}

/** The other theme than the one that is seen. */
function otherTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remember("sanad-theme", root.dataset.theme);
}

function options(titles) {
  return Object.entries(titles).map(([value, text]) => h("option", { value }, text));
}
