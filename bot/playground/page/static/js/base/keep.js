// Lists that stay what they are where nothing changed, and that follow their end.

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
    if (before?.contains(document.activeElement)) refocus(before, element);
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

/** What is drawn anew under the hands of somebody at the keyboard leaves them where they were. */
function refocus(before, after) {
  const place = focusables(before).indexOf(document.activeElement);
  const { action } = document.activeElement.dataset;
  queueMicrotask(() => (place < 0 ? after : nearest(after, action, place))?.focus({ preventScroll: true }));
}

/** What does the same in `element`, else what stands in its place now. */
export function nearest(element, action, place = 0) {
  const all = focusables(element);
  return all.find((one) => action && one.dataset.action === action) ?? all[Math.min(place, all.length - 1)];
}

function focusables(element) {
  return [...element.querySelectorAll("a, button, select, [tabindex]")];
}

/** Keep a list at its end while the reader is there; `moved` is told whether they are. Gives what goes there. */
export function followEnd(scroller, moved = () => {}) {
  let follows = true;
  let last = 0;
  let size = "";
  const toEnd = () => {
    if (follows) scroller.scrollTop = scroller.scrollHeight;
  };
  scroller.addEventListener("scroll", () => {
    const isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
    // Only who goes up leaves the end: a keyboard that comes up, or a tablet that is turned, moves it from everybody.
    const before = size;
    size = `${scroller.clientWidth} ${scroller.clientHeight}`;
    if (isAtEnd || (size === before && scroller.scrollTop < last)) follows = isAtEnd;
    last = scroller.scrollTop;
    moved(follows);
  }, { passive: true });
  new ResizeObserver(toEnd).observe(scroller);
  scroller.addEventListener("load", toEnd, true); // a picture takes its place when it is here
  toEnd.anyway = () => {
    follows = true;
    toEnd();
  };
  return toEnd;
}
