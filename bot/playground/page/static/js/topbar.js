// The top bar: how the bot is, which policy is played, and the way to a fresh desk.

import { h } from "./dom.js";
import { send } from "./wire.js";

const LANGUAGES = { en: "English", ar: "العربية", ru: "Русский" };
const STATES = { starting: "Sanad is starting", running: "Sanad is running" };

export class TopBar {
  constructor(element) {
    this.state = h("span", { class: "state", role: "status" }, "Connecting");
    this.power = h("button", { type: "button", class: "plain" });
    this.power.addEventListener("click", () => send({ on: "bot", do: this.power.value }));
    this.wires = ["telegram", "slack"].map((on) => wire(on));
    this.policy = h("select", { "aria-label": "Policy" });
    this.language = h("select", { "aria-label": "Language of the cards" }, options(LANGUAGES));
    this.begin = h("button", { class: "plain primary" }, "Fresh desk");
    this.form = h("form", {}, [
      h("label", {}, "Policy", this.policy),
      h("label", {}, "Cards in", this.language),
      this.begin,
    ]);
    this.form.addEventListener("submit", (event) => this.fresh(event));
    this.policy.addEventListener("change", () => this.form.requestSubmit());
    element.append(title(), this.state, this.power, ...this.wires.map((one) => one.element), this.form);
  }

  show(state) {
    const { bot } = state;
    this.state.className = `state ${bot.state}`;
    this.state.textContent = STATES[bot.state] ?? ending(bot.code);
    this.power.value = bot.state === "stopped" ? "start" : "kill";
    this.power.textContent = bot.state === "stopped" ? "Start it again" : "Kill it";
    this.power.title = "End the process as a power cut would. Nothing is lost: try it in the middle of something.";
    this.wires.forEach((one) => one.show(state[one.on].down));
    if (this.desk !== state.desk) this.settle(state);
  }

  lost() {
    this.state.className = "state stopped";
    this.state.textContent = "The playground has stopped";
  }

  /** A new desk says what it is made of; between desks the choice is the visitor's. */
  settle(state) {
    this.desk = state.desk;
    this.policy.replaceChildren(...options(Object.fromEntries(state.policies.map((name) => [name, name]))));
    this.policy.value = state.policy;
    this.language.value = state.language;
  }

  async fresh(event) {
    event.preventDefault();
    this.begin.disabled = true;
    await send({ on: "fresh", policy: this.policy.value, language: this.language.value });
    this.begin.disabled = false;
  }
}

function ending(code) {
  return code < 0 ? `Sanad was killed (signal ${-code})` : `Sanad has stopped (exit code ${code}; see the terminal)`;
}

function title() {
  const logo = h("img", { src: "/static/sanad.svg", alt: "" });
  return h("h1", {}, logo, h("span", {}, "Sanad"), h("small", {}, "playground"));
}

/** A switch that cuts a platform off. */
function wire(on) {
  const name = on === "slack" ? "Slack" : "Telegram";
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", () => send({ on, down: !box.checked }));
  const element = h("label", { class: "wire", title: `Whether Sanad can reach ${name}` }, box, name);
  return { on, element, show: (down) => { box.checked = !down; } };
}

function options(titles) {
  return Object.entries(titles).map(([value, text]) => h("option", { value }, text));
}
