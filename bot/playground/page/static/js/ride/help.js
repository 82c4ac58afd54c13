// Help on the ride, for those who do not write Arabic: words are put into a box, or a request is filed.

import { phone } from "../base/wire.js";
import { wordsOf } from "../base/words.js";
import { botSaid, factsOf, offers } from "./facts.js";

const PATIENCE = 8000;
const LOOKS = 100;

/** Put an example in the customer's language into a box; sending it is the visitor's. */
export function fills(selector, key) {
  return {
    key: "ride.fill",
    do: (latest) => {
      const box = document.querySelector(selector);
      box?.put(wordsOf(factsOf(latest()).arabic.language)(key));
      box?.focus();
    },
  };
}

/** The other customer files a request, step by step, as somebody at that phone would. */
export function files() {
  return {
    key: "ride.file",
    do: async (latest) => {
      const { id } = factsOf(latest()).russian;
      const person = () => factsOf(latest()).russian;
      const says = (text) => phone(id, { do: "says", text });
      if (!botSaid(person()).length) await says("/start");
      for (const answer of ["new", null, "urgent", "send"]) {
        const ready = await until(() => (answer ? offers(person(), answer) : offers(person(), "cancel")));
        if (!ready) return;
        await (answer ? presses(id, person(), answer) : says(wordsOf(person().language)("phone.example")));
      }
    },
  };
}

function presses(id, person, key) {
  const message = person.messages.findLast((one) => one.buttons.flat().some(({ data }) => data.endsWith(`:${key}`)));
  const { data } = message.buttons.flat().find((button) => button.data.endsWith(`:${key}`));
  return phone(id, { do: "presses", message: message.id, data });
}

async function until(holds) {
  for (const begun = Date.now(); Date.now() - begun < PATIENCE; ) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOKS));
  }
  return false;
}
