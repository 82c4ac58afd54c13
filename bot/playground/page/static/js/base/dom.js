// Elements made of plain values. Whatever people wrote becomes text nodes, so it can do nothing.

const SVG = "http://www.w3.org/2000/svg";

/** An element; `props` are `class`, `on` (listeners), `data`, and attributes. Children may be text. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  const { on = {}, data = {}, ...attributes } = props;
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  Object.assign(element.dataset, data);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child != null && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A button that is only an icon; `label` says what it does. */
export function iconButton(name, label, click, more = "") {
  const props = { type: "button", class: `small-icon ${more}`, "aria-label": label, title: label, on: { click } };
  return h("button", props, icon(name));
}

/** A button with words. */
export function wordButton(title, click, look = "") {
  return h("button", { type: "button", class: `plain ${look}`, on: { click } }, title);
}

/** Words that people wrote: shown as they are, in their own direction. */
export function said(text, more = "") {
  return h("div", { class: `said ${more}` }, text);
}

export function hidden(text) {
  return h("span", { class: "visually-hidden" }, text);
}
