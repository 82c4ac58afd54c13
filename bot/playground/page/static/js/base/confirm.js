// Small windows over the page: a question that wants a yes, and one that wants words.

import { h, said } from "./dom.js";
import { t } from "./words.js";

/** What Slack calls a confirmation object; resolves to whether the answer was yes. */
export async function ask({ title, text, confirm, deny, style }) {
  const yes = h("button", { value: "yes", class: `plain ${style === "danger" ? "danger" : "primary"}` }, confirm.text);
  const no = h("button", { value: "no", class: "plain" }, deny.text);
  return (await open(title.text, [said(text.text, "asked")], [no, yes])) === "yes";
}

/** Words; nothing when the visitor thinks better of it. */
export async function askFor(title, value) {
  const box = h("input", { "aria-label": title, dir: "auto", maxlength: 80 });
  box.value = value;
  const yes = h("button", { value: "yes", class: "plain primary" }, t("desk.save"));
  const no = h("button", { value: "no", class: "plain", type: "button", on: { click: (event) => event.target.closest("dialog").close() } }, t("desk.cancel"));
  const answer = await open(title, [h("div", { class: "field" }, box)], [no, yes]);
  return answer === "yes" ? box.value.trim() : "";
}

function open(title, inside, buttons) {
  const form = h("form", { method: "dialog" }, h("h3", { class: "said" }, title), inside, h("footer", {}, buttons));
  const box = h("dialog", { class: "ask", "aria-label": title }, form);
  document.body.append(box);
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue);
    });
  });
}
