// A button that opens a list to choose from; arrows move, Escape closes.

import { h, icon, iconButton } from "./dom.js";

/** `choices` gives the entries when it opens: `title`, `chosen`, and perhaps `icon`, `detail`, `danger`. */
export function menu(name, label, choices) {
  return menuOn(iconButton(name, label, () => {}), label, choices);
}

/** The same on any button. */
export function menuOn(opener, label, choices) {
  const list = h("div", { class: "menu", role: "menu", "aria-label": label, hidden: true });
  const element = h("div", { class: "menu-place" }, opener, list);
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", () => (list.hidden ? open() : close()));
  element.addEventListener("keydown", onKey);
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget)) close();
  });
  return element;

  function open() {
    list.replaceChildren(...choices().map(entry));
    if (!list.children.length) return;
    list.hidden = false;
    stayInside(list);
    opener.setAttribute("aria-expanded", "true");
    list.firstElementChild.focus({ preventScroll: true });
  }

  function close() {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }

  function entry({ icon: sign, title, detail, danger, chosen }) {
    const click = () => {
      close();
      opener.focus();
      chosen();
    };
    return h(
      "button",
      { type: "button", role: "menuitem", tabindex: -1, class: danger ? "danger" : "", on: { click } },
      sign && icon(sign),
      h("span", {}, h("bdi", {}, title), detail && h("small", { class: "said" }, detail)),
    );
  }

  function onKey(event) {
    if (list.hidden) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      opener.focus();
      return;
    }
    const entries = [...list.children];
    const goal = { ArrowDown: at(entries) + 1, ArrowUp: at(entries) - 1, Home: 0, End: -1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    entries.at(goal % entries.length).focus();
  }

  function at(entries) {
    return entries.indexOf(document.activeElement);
  }
}

/** Whatever side it opens to, a list ends where its phone or its desk does. */
function stayInside(list) {
  list.style.translate = "";
  const room = (list.closest(".phone, .room") ?? document.body).getBoundingClientRect();
  const box = list.getBoundingClientRect();
  const left = Math.max(0, room.left + 6 - box.left);
  const right = Math.min(0, room.right - 6 - box.right);
  if (left || right) list.style.translate = `${left || right}px 0`;
}
