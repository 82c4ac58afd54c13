// What can be pressed or chosen from, in messages, dialogs and on the Home tab.

import { ask } from "../base/confirm.js";
import { h, said } from "../base/dom.js";
import { t } from "../base/words.js";

const ACTIONS = { button, static_select: select };

/** An element; `acts` has `click(action id)` and `choose(action id, value)`. */
export function action(element, acts) {
  return (ACTIONS[element.type] ?? unknown)(element, acts);
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

function select({ action_id: id, options, placeholder, initial_option: initial }, { choose }) {
  const label = placeholder?.text ?? t("desk.choose");
  const first = h("option", { value: "", disabled: true }, label);
  const box = h("select", { class: "plain", data: { action: id }, "aria-label": label }, first, optionsOf(options));
  const rest = () => { box.value = initial?.value ?? ""; };
  rest();
  box.addEventListener("change", () => {
    choose(id, box.value);
    rest(); // so that the same can be chosen again
  });
  return box;
}

function unknown(element) {
  return said(element.text?.text ?? element.placeholder?.text ?? t("desk.unknown_part", { kind: element.type }), "unknown");
}

export function optionsOf(options) {
  return options.map((option) => h("option", { value: option.value }, option.text.text));
}
