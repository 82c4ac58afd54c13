// What is being pressed stays under the finger: what is drawn anew between down and up would swallow the click.

const LONGEST = 10_000; // milliseconds, should nobody ever tell that it was let go

/** `show` as it may be called at any time: what comes while something is pressed is shown when it is let go. */
export function betweenPresses(show) {
  let held = null;
  let waiting = null;
  const press = () => {
    clearTimeout(held);
    held = setTimeout(letGo, LONGEST);
  };
  const letGo = () => {
    clearTimeout(held);
    held = null;
    if (waiting) show(...waiting);
    waiting = null;
  };
  const afterTheClick = () => held && setTimeout(letGo);
  addEventListener("pointerdown", press, true);
  addEventListener("pointerup", afterTheClick, true);
  addEventListener("pointercancel", afterTheClick, true);
  // A list that opened under the finger may have kept it for itself that the finger was lifted.
  addEventListener("pointermove", ({ buttons }) => buttons || afterTheClick(), true);
  return (...seen) => {
    if (held) waiting = seen;
    else show(...seen);
  };
}
