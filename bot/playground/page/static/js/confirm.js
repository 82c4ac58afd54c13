// Asks before something that cannot be undone.

import { h } from "./dom.js";

/** What Slack calls a confirmation object; resolves to whether the answer was yes. */
export function ask({ title, text, confirm, deny }) {
  return new Promise((resolve) => {
    const yes = h("button", { value: "yes", class: "plain primary" }, confirm.text);
    const no = h("button", { value: "no", class: "plain" }, deny.text);
    const box = h(
      "dialog",
      { class: "ask", "aria-label": title.text },
      h("form", { method: "dialog" },
        h("h3", { class: "said" }, title.text),
        h("p", { class: "said" }, text.text),
        h("footer", {}, no, yes)),
    );
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes");
    });
    document.body.append(box);
    box.showModal();
  });
}
