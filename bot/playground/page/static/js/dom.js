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
  element.append(...children.flat().filter((child) => child != null && child !== false));
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
export function iconButton(name, label, click) {
  return h("button", { type: "button", class: "small-icon", "aria-label": label, title: label, on: { click } }, icon(name));
}

/**
 * Make the children of `parent` those of `items`, building again only what changed.
 * `key` tells items apart, `build` makes an element of one; what it needs beside the item belongs to `also`.
 */
export function keep(parent, items, key, build, also = () => "") {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const arriving = old.size > 0;
  const wanted = items.map((item) => {
    const name = String(key(item));
    const looks = JSON.stringify(item) + also(item);
    const before = old.get(name);
    if (before && before.looks === looks) return before;
    const element = build(item);
    if (arriving && !before) element.classList.add("arriving");
    element.dataset.key = name;
    element.looks = looks;
    return element;
  });
  const fresh = new Set(wanted);
  for (const child of [...parent.children]) if (!fresh.has(child)) child.remove();
  wanted.forEach((element, place) => {
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
  });
}

/** Keep a list at its end while the reader is there: after a change, and when less room is left for it. */
export function followEnd(scroller) {
  let follows = true;
  const toEnd = () => {
    if (follows) scroller.scrollTop = scroller.scrollHeight;
  };
  scroller.addEventListener("scroll", () => {
    follows = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
  });
  new ResizeObserver(toEnd).observe(scroller);
  return toEnd;
}

/** A text box that grows, and sends with Enter; Shift and Enter begin a new line. */
export function writingBox(label, send) {
  const box = h("textarea", { rows: 1, dir: "auto", "aria-label": label, placeholder: label, class: "writing" });
  const grow = () => {
    box.style.blockSize = "auto";
    const wanted = box.scrollHeight; // nothing where the box is not on the page yet
    if (wanted && box.value) box.style.blockSize = `${Math.min(wanted + 2, 130)}px`;
  };
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  box.put = (text) => {
    box.value = text;
    grow();
  };
  return box;
}
