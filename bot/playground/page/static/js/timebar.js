// Desk time: where it stands, whether the office is open, what comes next, and the ways to move it.

import { clockTime, dayAndTime, dayName, now, shortMoment } from "./clock.js";
import { h, keep } from "./dom.js";
import { send } from "./wire.js";

const WAYS = {
  hour: "+1 hour",
  opening: "Next opening",
  working_day: "+1 working day",
  day: "+1 day",
  due: "To what is next",
};
const KINDS = {
  reminder: "a reminder",
  breach: "a promise is overdue",
  step: "an escalation",
  word: "a reminder to the customer",
  offer: "it may be ended",
  end: "it is ended unanswered",
  lapse: "it closes",
  told: "the customer is told",
  survey: "a survey",
  words: "words that were held back",
};
const TARGETS = { first_response: "first response", next_response: "next response", resolution: "resolution" };

export class TimeBar {
  constructor(element) {
    this.element = element;
    this.now = h("strong", {});
    this.office = h("span", { class: "office" });
    this.next = h("span", { class: "next" });
    this.ways = Object.entries(WAYS).map(([to, title]) => way(to, title));
    this.back = h("button", { type: "button", class: "plain" }, "Back to now");
    this.back.title = "A fresh desk at the present time: what has happened cannot be undone";
    this.back.addEventListener("click", () => send({ on: "fresh", policy: this.policy, language: this.language }));
    this.stop = h("button", { type: "button", class: "plain danger", on: { click: () => send({ on: "time", to: "here" }) } }, "Stop here");
    this.walk = h("span", { role: "status" });
    this.halts = h("ol", { "aria-label": "What happened on the way", tabindex: 0 });
    this.way = h("div", { class: "way", hidden: true, data: { goal: "" } }, this.walk, this.stop, this.halts);
    const buttons = h("div", { class: "ways", role: "group", "aria-label": "Move desk time" }, this.ways, this.back);
    element.append(h("div", { class: "stands" }, h("span", {}, this.now), this.office, this.next), buttons, this.way);
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
    this.now.textContent = `${dayName(now(), "en-GB", { year: "numeric" })}, ${clockTime(now(), "en-GB")}`;
    this.office.className = `office ${{ true: "open", false: "closed" }[time?.open] ?? ""}`;
    this.office.textContent = time ? `${city(time.zone)} · ${office(time)}` : "";
    this.next.textContent = time ? `Next: ${time.coming ? halt(time.coming) : "nothing is due"}` : "";
  }

  showWay(walk) {
    this.way.hidden = !walk;
    if (!walk) return;
    this.way.dataset.goal = walk.goal;
    this.stop.hidden = !walk.going;
    const goal = dayAndTime(walk.goal);
    const stopped = now() < new Date(walk.goal) ? "Stopped before" : "Walked to";
    const nothing = walk.halts.length ? "" : ", and nothing was due on the way";
    this.walk.textContent = walk.going ? `Walking to ${goal}…` : walk.trouble || `${stopped} ${goal}${nothing}`;
    const items = walk.halts.map((one, place) => ({ ...one, place }));
    keep(this.halts, items, (one) => one.place, (one) => h("li", {}, halt(one)), () => goal);
    this.halts.scrollLeft = this.halts.scrollWidth;
  }
}

function way(to, title) {
  return h("button", { type: "button", class: "plain", value: to, on: { click: () => send({ on: "time", to }) } }, title);
}

function possible(to, time) {
  if (to === "due") return Boolean(time.coming);
  return !["opening", "working_day"].includes(to) || Boolean(time.opening);
}

function office({ open, holiday, closing, opening }) {
  if (open == null) return "no working week is known";
  return open ? `open until ${shortMoment(closing)}` : `closed${holiday && ` (${holiday})`}, opens ${shortMoment(opening)}`;
}

function halt({ at, things }) {
  return `${shortMoment(at)}: ${things.map(said).join("; ") || "a new working day"}`;
}

function said({ kind, target }) {
  const what = KINDS[kind] ?? kind;
  return TARGETS[target] ? `${what} (${TARGETS[target]})` : what;
}

function city(zone) {
  return zone.split("/").at(-1).replaceAll("_", " ");
}
