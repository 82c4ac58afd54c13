// What can be pressed or chosen from, in messages, dialogs and on the Home tab.

import { ask } from "../base/confirm.js";
import { h, said } from "../base/dom.js";
import { menu } from "../base/menu.js";
import { t } from "../base/words.js";

const ACTIONS = { button, static_select: select, overflow, users_select: people, datepicker: day };

/** An element; `acts` has `click(action id)` and `choose(action id, value)`. */
export function action(element, acts, slack) {
  return (ACTIONS[element.type] ?? unknown)(element, acts, slack);
}

function button({ action_id: id, text, style = "", confirm, url }, { click }) {
  const press = async (event) => {
    const pressed = event.currentTarget;
    if (confirm && !(await ask(confirm))) return;
    pressed.disabled = true;
    await click(id);
    pressed.disabled = false;
  };
  const title = url ? `${text.text} ↗` : text.text;
  return h("button", { type: "button", class: `plain ${style}`, data: { action: id }, title: url, on: { click: press } }, title);
}

function select({ action_id: id, options = [], option_groups: groups, placeholder, initial_option: initial }, { choose }) {
  const label = placeholder?.text ?? t("desk.choose");
  const offered = groups ? groups.map((group) => h("optgroup", { label: group.label.text }, optionsOf(group.options))) : optionsOf(options);
  const first = h("option", { value: "", disabled: true }, label);
  const box = h("select", { class: "plain", data: { action: id }, "aria-label": label }, first, offered);
  const rest = () => { box.value = initial?.value ?? ""; };
  rest();
  box.addEventListener("change", () => {
    choose(id, box.value);
    rest(); // so that the same can be chosen again
  });
  return box;
}

function overflow({ action_id: id, options }, { choose }) {
  const place = menu("more", t("desk.more"), () =>
    options.map((option) => ({ title: option.text.text, detail: option.description?.text, chosen: () => choose(id, option.value) })));
  place.dataset.action = id;
  return place;
}

function people({ action_id: id, placeholder, initial_user: user = "" }, acts, slack) {
  const options = slack.agents.map(({ id: value, name }) => ({ value, text: { text: name } }));
  return select({ action_id: id, options, placeholder, initial_option: { value: user } }, acts);
}

function day({ action_id: id, initial_date: date = "" }, { choose }) {
  const box = h("input", { type: "date", class: "plain", data: { action: id }, value: date });
  box.addEventListener("change", () => choose(id, box.value));
  return box;
}

function unknown(element) {
  return said(element.text?.text ?? element.placeholder?.text ?? t("desk.unknown_part", { kind: element.type }), "unknown");
}

export function optionsOf(options) {
  return options.map((option) => h("option", { value: option.value }, option.text.text));
}
