// A dialog of the app: a form with its fields, and the errors that the app found in them.

import { minuteOf, momentAt } from "./clock.js";
import { optionsOf, renderBlocks } from "./blocks.js";
import { h, iconButton } from "./dom.js";
import { desk as act } from "./wire.js";

export class Modal {
  constructor(agent) {
    this.agent = agent;
    this.window = h("dialog", { class: "modal" });
    this.element = h("div", { class: "modal-layer", hidden: true }, this.window);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.dismiss());
  }

  /**
   * Show the dialog that is open, if one is; what was typed stays. It covers this agent's room only: meanwhile
   * the other agent and the customers can do what they like.
   */
  show(dialog, slack) {
    const looks = dialog && JSON.stringify({ ...dialog, errors: null });
    if (looks !== this.looks) this.build(dialog, slack);
    const errors = JSON.stringify(dialog?.errors);
    if (dialog && (errors !== this.errors || looks !== this.looks)) this.tellErrors(dialog.errors);
    this.looks = looks;
    this.errors = errors;
  }

  build(dialog, slack) {
    this.window.close();
    this.element.hidden = !dialog;
    if (!dialog) return;
    const inputs = dialog.blocks.filter((block) => block.type === "input");
    this.fields = inputs.map((block) => new FormField(block, slack.agents));
    const byBlock = new Map(this.fields.map((field) => [field.key, field.element]));
    const blocks = dialog.blocks.flatMap((block) => byBlock.get(block.block_id) ?? renderBlocks([block], slack, {}));
    const form = h(
      "form",
      { novalidate: true },
      h("header", {}, h("h3", { class: "said" }, dialog.title), iconButton("close", "Close", () => this.dismiss())),
      h("div", { class: "blocks" }, blocks),
      this.footer(dialog),
    );
    form.addEventListener("submit", (event) => this.submit(event));
    this.window.setAttribute("aria-label", dialog.title);
    this.window.replaceChildren(form);
    this.window.show();
    (this.fields[0]?.box ?? this.window.querySelector("footer button")).focus();
  }

  footer({ submit, close }) {
    const leave = h("button", { type: "button", class: "plain", on: { click: () => this.dismiss() } }, close || "Close");
    this.sender = submit && h("button", { class: "plain primary" }, submit);
    return h("footer", {}, leave, this.sender);
  }

  async submit(event) {
    event.preventDefault();
    const empty = this.fields.filter((field) => field.isEmpty);
    this.tellErrors(Object.fromEntries(empty.map((field) => [field.key, "Please fill in this field"])));
    if (empty.length) return empty[0].box.focus();
    this.sender.disabled = true;
    await act(this.agent, { do: "submits", values: Object.fromEntries(this.fields.map((one) => [one.key, one.value])) });
    this.sender.disabled = false;
  }

  dismiss() {
    act(this.agent, { do: "dismisses" });
  }

  tellErrors(errors) {
    for (const field of this.fields) field.tell(errors[field.key] ?? "");
  }
}

const BOXES = { static_select: menuOf, users_select: peopleOf, datetimepicker: momentOf };

class FormField {
  constructor({ block_id: key, label, element, optional = false, hint }, agents) {
    this.key = key;
    this.kind = element.type;
    this.optional = optional;
    this.box = (BOXES[element.type] ?? boxOf)(element, optional, agents);
    this.error = h("span", { class: "error said", role: "alert" });
    this.element = h(
      "label",
      { class: "field" },
      h("span", { class: "said" }, label.text, optional && h("small", {}, " (optional)")),
      this.box,
      hint && h("small", { class: "said" }, hint.text),
      this.error,
    );
  }

  /** What Slack would send: a moment as seconds, anything else as it is. */
  get value() {
    const { value } = this.box;
    return this.kind === "datetimepicker" && value ? String(momentAt(value).getTime() / 1000) : value;
  }

  get isEmpty() {
    return !this.optional && !this.box.value.trim();
  }

  tell(error) {
    this.error.textContent = error;
    this.box.setAttribute("aria-invalid", String(Boolean(error)));
  }
}

function boxOf({ multiline, max_length: most, placeholder, initial_value: value = "" }) {
  const props = { dir: "auto", maxlength: most, placeholder: placeholder?.text, rows: multiline ? 5 : null };
  const box = h(multiline ? "textarea" : "input", props);
  box.value = value;
  return box;
}

function menuOf({ options, placeholder, initial_option: initial }, optional) {
  const none = h("option", { value: "", disabled: !optional }, placeholder?.text ?? "");
  const box = h("select", {}, none, optionsOf(options));
  box.value = initial?.value ?? "";
  return box;
}

function peopleOf({ placeholder, initial_user: initial }, optional, agents) {
  const options = agents.map(({ id, name }) => ({ value: id, text: { text: name } }));
  return menuOf({ options, placeholder, initial_option: { value: initial ?? "" } }, optional);
}

/** Day and time, to the minute. */
function momentOf({ initial_date_time: initial }) {
  const box = h("input", { type: "datetime-local" });
  if (initial) box.value = minuteOf(initial * 1000);
  return box;
}
