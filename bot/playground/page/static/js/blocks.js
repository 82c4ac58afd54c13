// Block Kit: what a message, a dialog or the Home tab is made of.

import { ask } from "./confirm.js";
import { h } from "./dom.js";
import { richText } from "./rich.js";

const BLOCKS = {
  header: (block) => h("h4", { class: "said" }, block.text.text),
  section,
  context: (block) => h("div", { class: "context" }, block.elements.map((one) => part(one))),
  divider: () => h("hr"),
  image: (block) => h("div", { class: "attachment photo" }, block.alt_text),
  rich_text: (block, slack) => richText(block, slack),
  actions: (block, slack, acts) => h("div", { class: "actions" }, block.elements.map((one) => action(one, acts))),
};

/** Elements for blocks; `acts` has `click(action id)` and `choose(action id, value)`. Kinds that only forms have are left out. */
export function renderBlocks(blocks, slack, acts) {
  return blocks.map((block) => BLOCKS[block.type]?.(block, slack, acts)).filter(Boolean);
}

function section(block, slack, acts) {
  return h(
    "div",
    { class: "section" },
    block.text && h("div", { class: "said" }, block.text.text),
    block.fields && h("div", { class: "fields" }, block.fields.map((one) => h("div", { class: "said" }, one.text))),
    block.accessory && action(block.accessory, acts),
  );
}

function part(element) {
  if (element.type === "image") return h("span", {}, element.alt_text);
  return h("span", { class: "said" }, element.text);
}

function action(element, acts) {
  return element.type === "static_select" ? select(element, acts) : button(element, acts);
}

function button({ action_id: id, text, style = "", confirm }, { click }) {
  const press = async (event) => {
    const pressed = event.currentTarget;
    if (confirm && !(await ask(confirm))) return;
    pressed.disabled = true;
    await click(id);
    pressed.disabled = false;
  };
  return h("button", { type: "button", class: `plain ${style}`, data: { action: id }, on: { click: press } }, text.text);
}

function select({ action_id: id, options, placeholder, initial_option: initial }, { choose }) {
  const first = h("option", { value: "", disabled: true }, placeholder?.text ?? "…");
  const box = h("select", { class: "plain", data: { action: id }, "aria-label": placeholder?.text ?? "Choose" }, first, optionsOf(options));
  const rest = () => { box.value = initial?.value ?? ""; };
  rest();
  box.addEventListener("change", () => {
    choose(id, box.value);
    rest(); // so that the same can be chosen again
  });
  return box;
}

export function optionsOf(options) {
  return options.map((option) => h("option", { value: option.value }, option.text.text));
}
