// Block Kit: what a message, a dialog or the Home tab is made of.

import { h, said } from "../base/dom.js";
import { t } from "../base/words.js";
import { action } from "./actions.js";
import { richText } from "./rich.js";

const BLOCKS = {
  header: (block) => h("h4", { class: "said" }, block.text.text),
  section,
  context: (block) => h("div", { class: "context" }, block.elements.map((one) => part(one))),
  divider: () => h("hr"),
  image: (block) => h("div", { class: "sign photo" }, block.alt_text),
  rich_text: (block, slack) => richText(block, slack),
  actions: (block, _slack, acts) => h("div", { class: "actions" }, block.elements.map((one) => action(one, acts))),
};

/** Elements for blocks; `acts` has `click(action id)` and `choose(action id, value)`. */
export function renderBlocks(blocks, slack, acts) {
  return blocks.map((block) => (BLOCKS[block.type] ?? unknown)(block, slack, acts));
}

function section(block, _slack, acts) {
  return h(
    "div",
    { class: "section" },
    h("div", { class: "words" },
      block.text && said(block.text.text),
      block.fields && h("div", { class: "fields" }, block.fields.map((one) => said(one.text)))),
    block.accessory && action(block.accessory, acts),
  );
}

function part(element) {
  if (element.type === "image") return h("span", {}, element.alt_text);
  return h("span", { class: "said" }, element.text);
}

/** What this page has never seen is read out as far as it has words. */
function unknown(block) {
  const words = textsIn(block);
  return said(words.length ? words.join("\n") : t("desk.unknown_part", { kind: block.type }), "unknown");
}

function textsIn(value) {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  const own = [value.text, value.alt_text].filter((text) => typeof text === "string");
  return [...own, ...Object.values(value).flatMap(textsIn)];
}
