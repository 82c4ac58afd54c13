// The coach: a small card beside what it speaks of, and a ring around that.

import { h, iconButton, wordButton } from "../base/dom.js";
import { t } from "../base/words.js";

const AWAY = 14;
const EDGE = 10;
const SMALL = 60; // what is no higher has the coach below or above it, so that its surroundings are seen
const LISTS = ".posts, .chat"; // what they hold can be out of sight
const PLACE = ".pane, .phone"; // what stands in one is read around it, too

export class Coach {
  constructor({ skip }) {
    this.count = h("span", { class: "count" });
    this.title = h("h2", {});
    this.words = h("p", {});
    this.dots = h("span", { class: "dots", "aria-hidden": "true" });
    this.buttons = h("div", { class: "buttons-row" });
    this.ring = h("div", { class: "ring", hidden: true });
    const head = h("header", {}, this.dots, this.count, iconButton("close", t("ride.skip"), skip));
    this.card = h("section", { class: "coach", "aria-label": t("bar.ride"), "aria-live": "polite", hidden: true },
      head, this.title, this.words, this.buttons);
    this.card.addEventListener("keydown", (event) => event.key === "Escape" && skip());
    document.body.append(this.ring, this.card);
    const follow = () => this.follow();
    addEventListener("resize", follow);
    addEventListener("scroll", follow, { capture: true, passive: true });
    setInterval(follow, 150);
  }

  /** `actions` are [title, what it does] pairs; the last one is the first choice. */
  say({ title, words, place, of, targets = [], actions = [] }) {
    this.targets = targets;
    this.title.textContent = title;
    this.words.textContent = words;
    this.count.textContent = of ? t("ride.count", { place: place + 1, of }) : "";
    this.dots.replaceChildren(...Array.from({ length: of }, (_, at) => h("i", { class: at < place ? "past" : at === place ? "here" : "" })));
    const shown = actions.map(([words_, does], at) => wordButton(words_, does, at === actions.length - 1 ? "primary" : ""));
    const there = targets.length ? [h("button", { type: "button", class: "plain there", on: { click: () => this.goThere() } }, t("ride.there"))] : [];
    this.buttons.replaceChildren(...there, ...shown);
    this.card.hidden = false;
    this.card.before(this.ring); // put there again, it breathes again
    this.shown = null;
    this.follow();
  }

  hide() {
    this.card.hidden = this.ring.hidden = true;
    this.targets = [];
  }

  /** For those at the keyboard. */
  goThere() {
    const target = this.target();
    (target?.matches("button, select, textarea") ? target : target?.querySelector("textarea, button, select"))?.focus();
  }

  target() {
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.getClientRects().length);
    return this.targets.map((selector) => seen(selector).at(-1)).find(Boolean);
  }

  /** Things move while people work: the card and the ring go along. */
  follow() {
    if (this.card.hidden) return;
    const target = this.target();
    this.bringIn(target);
    const box = target && inSight(target);
    this.ring.hidden = !box;
    this.card.classList.toggle("far", Boolean(target) && !box);
    if (box) this.surround(box);
    const place = target?.closest(PLACE)?.getBoundingClientRect();
    const [x, y] = box ?? place ? this.beside(box ?? place, place ?? box) : this.corner();
    this.card.style.left = `${x}px`;
    this.card.style.top = `${y}px`;
  }

  /** What it speaks of is brought into sight, once: later the list is the visitor's to move. */
  bringIn(target) {
    if (target === this.shown) return;
    this.shown = target;
    if (target?.closest(LISTS)) target.scrollIntoView({ block: "nearest" });
  }

  surround({ left, top, width, height }) {
    Object.assign(this.ring.style, { left: `${left - 5}px`, top: `${top - 5}px`, width: `${width + 10}px`, height: `${height + 10}px` });
  }

  /** The first side that has room: the page is wide, so beside comes before below and above. */
  beside({ left, top, right, bottom }, around) {
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const x = within((left + right - width) / 2, innerWidth - width);
    const y = within((top + bottom - height) / 2, innerHeight - height);
    const sides = [
      [around.right + AWAY, y, around.right + AWAY + width < innerWidth],
      [around.left - AWAY - width, y, around.left - AWAY - width > 0],
      [x, bottom + AWAY, bottom + AWAY + height < innerHeight],
      [x, top - AWAY - height, top - AWAY - height > 0],
    ];
    const [right_, left_, below, above] = sides;
    const rtl = document.documentElement.dir === "rtl";
    const beside = rtl ? [left_, right_] : [right_, left_];
    const inOrder = around.bottom - around.top < SMALL ? [below, above, ...beside] : [...beside, below, above];
    return inOrder.find(([, , fits]) => fits) ?? this.corner();
  }

  corner() {
    return [innerWidth - this.card.offsetWidth - 2 * EDGE, innerHeight - this.card.offsetHeight - 2 * EDGE];
  }
}

/** As much of it as its list shows; nothing where that is nothing. */
function inSight(target) {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  const list = target.closest(LISTS)?.getBoundingClientRect() ?? { top, bottom };
  const [from, to] = [Math.max(top, list.top), Math.min(bottom, list.bottom)];
  return from < to ? new DOMRect(left, from, right - left, to - from) : null;
}

function within(wanted, most) {
  return Math.max(EDGE, Math.min(wanted, most - EDGE));
}
