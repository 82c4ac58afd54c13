// Desk time: where it stands, whether the office is open, what comes next, and the ways to move it.

import { dayAndTime, now, shortMoment, wholeMoment } from "../base/clock.js";
import { h, wordButton } from "../base/dom.js";
import { keep } from "../base/keep.js";
import { send } from "../base/wire.js";
import { named, t } from "../base/words.js";

const WAYS = ["hour", "opening", "working_day", "day", "due"];

export class TimeBar {
  constructor(element) {
    this.element = element;
    this.now = h("strong", {});
    this.office = h("span", { class: "office" });
    this.next = h("span", { class: "next" });
    this.ways = WAYS.map((to) => way(to));
    this.back = wordButton(t("time.back"), () => this.fresh());
    this.back.title = t("time.back_why");
    this.stop = wordButton(t("time.stop"), () => send({ on: "time", to: "here" }), "danger");
    this.walk = h("span", { role: "status" });
    this.halts = h("ol", { "aria-label": t("time.halts"), tabindex: 0 });
    this.way = h("div", { class: "way", hidden: true, data: { goal: "" } }, this.walk, this.stop, this.halts);
    const buttons = h("div", { class: "ways", role: "group", "aria-label": t("time.move") }, this.ways, this.back);
    element.setAttribute("aria-label", t("time.title"));
    element.append(h("div", { class: "stands" }, this.now, this.office, this.next), buttons, this.way);
    setInterval(() => this.tell(), 1000);
  }

  show({ time, policy, language, bot }) {
    Object.assign(this, { time, policy, language });
    const going = Boolean(time?.walk?.going);
    this.element.setAttribute("aria-busy", String(going));
    const idle = Boolean(time) && bot.state === "running" && !going;
    for (const button of this.ways) button.disabled = !idle || !possible(button.value, time);
    this.back.hidden = !time || time.ahead < 1;
    this.back.disabled = going;
    this.showWay(time?.walk);
    this.tell();
  }

  /** The words that change by themselves. */
  tell() {
    const { time } = this;
    put(this.now, wholeMoment(now()));
    this.office.className = `office ${{ true: "open", false: "closed" }[time?.open] ?? ""}`;
    put(this.office, time ? office(time) : "");
    put(this.next, time ? t("time.next", { what: time.coming ? halt(time.coming) : t("time.nothing") }) : "");
  }

  showWay(walk) {
    this.way.hidden = !walk;
    if (!walk) return;
    this.way.dataset.goal = walk.goal;
    this.stop.hidden = !walk.going;
    this.walk.textContent = walked(walk);
    const items = walk.halts.map((one, place) => ({ ...one, place }));
    keep(this.halts, items, (one) => one.place, (one) => h("li", {}, halt(one)), () => walk.goal);
    this.halts.lastElementChild?.scrollIntoView({ block: "nearest", inline: "end" });
  }

  fresh() {
    send({ on: "fresh", policy: this.policy, language: this.language });
  }
}

/** A screen is not drawn anew each second for what is the same. */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.title = text;
}

function way(to) {
  const props = { type: "button", class: `plain ${to === "due" ? "primary" : ""}`, value: to };
  return h("button", { ...props, on: { click: () => send({ on: "time", to }) } }, t(`way.${to}`));
}

function possible(to, time) {
  if (to === "due") return Boolean(time.coming);
  return !["opening", "working_day"].includes(to) || Boolean(time.opening);
}

function walked({ going, trouble, goal, halts }) {
  const moment = dayAndTime(goal);
  if (going) return t("time.walking", { moment });
  if (trouble) return trouble;
  if (now() < new Date(goal)) return t("time.halted", { moment });
  return t(halts.length ? "time.walked" : "time.walked_idle", { moment });
}

function office({ open, holiday, closing, opening }) {
  if (open == null) return t("time.no_week");
  if (open) return t("time.open", { moment: shortMoment(closing) });
  const told = { holiday, moment: opening ? shortMoment(opening) : "" };
  return t(holiday ? "time.holiday" : "time.closed", told);
}

function halt({ at, things }) {
  const what = things.map(thing).join("; ") || t("time.new_day");
  return t("time.at", { moment: shortMoment(at), what });
}

function thing({ kind, target }) {
  const what = named(`due.${kind}`) ?? kind;
  const of = named(`due.${target}`);
  return of ? t("due.of", { what, target: of }) : what;
}
