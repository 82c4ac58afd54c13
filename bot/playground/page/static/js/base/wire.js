// The way to the playground: what is seen comes as a stream, what is done goes as single requests.

import { notice } from "./notices.js";
import { t } from "./words.js";

/** Call `show` with everything that is seen, now and after every change; `lost` when nobody is there. */
export function watch(show, lost) {
  const stream = new EventSource("/events");
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onerror = () => lost();
}

/** Do one thing; true when it was done. What cannot be done is told. */
export async function send(what) {
  try {
    const answer = await fetch("/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(what),
    });
    const told = await answer.json();
    if (told.error) notice(told.error);
    else if (told.answered === false) notice(t("page.unanswered"));
    return answer.ok;
  } catch {
    notice(t("page.gone"));
    return false;
  }
}

export const phone = (who, act) => send({ on: "phone", who, act });
export const group = (who, text = "") => send({ on: "group", who, text });
export const desk = (who, act) => send({ on: "desk", who, act });
