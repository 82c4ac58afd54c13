// A button that opens a list to choose from; arrows move, Escape closes.

import { h, icon, iconButton } from "./dom.js";

/** `choices` gives the entries when it opens: `title`, `chosen`, and perhaps `icon` and `detail`. */
export function menu(name, label, choices) {
  const list = h("div", { class: "menu", role: "menu", hidden: true });
  const opener = iconButton(name, label, () => (list.hidden ? open() : close()));
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  const element = h("div", { class: "menu-place" }, opener, list);

  function open() {
    list.replaceChildren(...choices().map(entry));
    if (!list.children.length) return;
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    list.firstElementChild.focus();
  }

  function close() {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }

  function entry({ icon: sign, title, detail, chosen }) {
    const click = () => {
      close();
      opener.focus();
      chosen();
    };
    return h(
      "button",
      { type: "button", role: "menuitem", on: { click } },
      sign && icon(sign),
      h("span", {}, h("bdi", {}, title), detail && h("small", { class: "said" }, detail)),
    );
  }

  element.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      opener.focus();
    } else if (step) {
      event.preventDefault();
      const entries = [...list.children];
      const at = entries.indexOf(document.activeElement);
      entries.at((at + step) % entries.length).focus();
    }
  });
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget)) close();
  });
  return element;
}
