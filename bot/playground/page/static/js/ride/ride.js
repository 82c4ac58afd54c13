// The guided ride: two minutes from a request to a kept promise, and what happens when one is not kept.

import { recall, remember } from "../base/store.js";
import { send } from "../base/wire.js";
import { language, t } from "../base/words.js";
import { Coach } from "./coach.js";
import { factsOf } from "./facts.js";
import { STEPS } from "./steps.js";

const KEPT = "sanad-ride";
const LOOKS = 300; // milliseconds: what is opened on the page itself, nobody tells
const POLICY = "compusoft"; // asks little, promises much

export class Ride {
  /** `look` brings a phone or the desk into view where not all of them fit. */
  constructor(look) {
    this.look = look;
    this.coach = new Coach({ skip: () => this.leave() });
    this.on = JSON.parse(recall(KEPT) ?? "null"); // null before anybody was invited
    this.state = null;
    setInterval(() => this.rides() && this.advance(), LOOKS);
  }

  rides() {
    return this.on?.riding && this.state?.desk === this.on.desk;
  }

  /** Offered to everybody once, and by the button in the bar: goes on where it was left, else begins. */
  open() {
    const { desk } = this.state;
    const left = this.on?.desk === desk && this.on.step > 0 && this.on.step < STEPS.length;
    if (left) this.goOn();
    else this.invite();
  }

  show(state) {
    const first = !this.state;
    this.state = state;
    if (!this.on) return this.invite();
    if (this.on.begins && state.desk !== this.on.desk) this.keep({ desk: state.desk, step: 0, riding: true });
    if (this.rides()) this.advance(first);
    else if (!first && !this.on.begins && this.on.riding) this.leave();
  }

  invite() {
    this.keep({ ...this.on, riding: false });
    this.coach.say({
      title: t("ride.title"),
      words: t("ride.invite"),
      targets: ["#top .ride"],
      actions: [[t("ride.not_now"), () => this.leave()], [t("ride.begin"), () => this.begin()]],
    });
  }

  /** It begins on a fresh desk, in the language of the page. */
  async begin() {
    this.keep({ desk: this.state.desk, begins: true });
    this.coach.say({ title: t("ride.title"), words: t("ride.preparing") });
    if (!(await send({ on: "fresh", policy: POLICY, language }))) this.leave();
  }

  goOn() {
    this.keep({ ...this.on, riding: true });
    this.advance(true);
  }

  leave() {
    this.keep({ ...this.on, riding: false, begins: false });
    this.coach.hide();
  }

  /** Go past all that is done; `anyway` says the step again. */
  advance(anyway = false) {
    const facts = factsOf(this.state);
    let { step } = this.on;
    while (step < STEPS.length && STEPS[step].done(facts)) step += 1;
    const where = `${this.on.desk} ${step}`;
    if (where === this.said && !anyway) return;
    this.said = where;
    this.keep({ ...this.on, step });
    if (step < STEPS.length) this.say(STEPS[step], step);
    else this.end();
  }

  say({ key, place, targets, help }, step) {
    this.look(place);
    this.coach.say({
      title: t(`ride.${key}_title`),
      words: t(`ride.${key}`),
      place: step,
      of: STEPS.length,
      targets,
      actions: help ? [[t(help.key), () => help.do(() => this.state)]] : [],
    });
  }

  end() {
    this.coach.say({
      title: t("ride.end_title"),
      words: t("ride.end"),
      targets: ["#top .ride"],
      actions: [[t("ride.again"), () => this.begin()], [t("ride.finish"), () => this.leave()]],
    });
  }

  keep(on) {
    this.on = on;
    remember(KEPT, JSON.stringify(on));
  }
}
