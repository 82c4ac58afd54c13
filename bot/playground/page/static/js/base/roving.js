// Long lists are one stop for the Tab key: the arrows go through their messages, Tab goes on to what each offers.

/** Make a list of messages one that the arrows go through. */
export function roving(list) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const isHere = event.target === list || event.target.parentElement === list;
    if (!step || !isHere || event.defaultPrevented) return;
    event.preventDefault();
    const items = [...list.children].filter((item) => item.tabIndex === -1 && !item.classList.contains("day"));
    const from = event.target === list ? items.length : items.indexOf(event.target);
    items[Math.max(0, Math.min(from + step, items.length - 1))]?.focus();
  });
  list.addEventListener("focusin", (event) => {
    const here = event.target.closest("li");
    for (const item of list.children) offer(item, item === here);
  });
}

/** What a message offers is reached from the message. */
function offer(item, here) {
  const tools = item.querySelector(":scope > .tools");
  if (!tools || tools.dataset.offered === String(here)) return;
  tools.dataset.offered = here;
  for (const button of tools.querySelectorAll(":scope > button, :scope > .menu-place > button")) button.tabIndex = here ? 0 : -1;
}

/** Before anybody came by with the keyboard. */
export function unoffered(item) {
  item.tabIndex = -1;
  offer(item, false);
  return item;
}
