// The fields of a dialog: each kind of input that Slack has and Sanad asks by.

import { minuteOf, momentAt } from "../base/clock.js";
import { h } from "../base/dom.js";
import { t } from "../base/words.js";
import { turning } from "../base/writing.js";
import { optionsOf } from "./actions.js";

const BOXES = { static_select: menuOf, users_select: peopleOf, datetimepicker: momentOf };

export class FormField {
  /** `acts` are told of a choice that the dialog wants to hear of at once. */
  constructor({ block_id: key, label, element, optional = false, hint, dispatch_action: dispatched }, slack, acts) {
    this.key = key;
    this.kind = element.type;
    this.optional = optional;
    this.box = (BOXES[element.type] ?? boxOf)(element, optional, slack);
    this.error = h("span", { class: "error said", role: "alert" });
    this.element = h(
      "label",
      { class: "field", data: { field: key } },
      h("span", { class: "said" }, label.text, optional && h("small", {}, ` ${t("desk.optional")}`)),
      this.box,
      hint && h("small", { class: "said" }, hint.text),
      this.error,
    );
    if (dispatched) this.box.addEventListener("change", () => this.value && acts.pick(this.key, this.value));
  }

  /** What Slack would send: a moment as seconds, anything else as it is. */
  get value() {
    const { value } = this.box;
    return this.kind === "datetimepicker" && value ? String(momentAt(value).getTime() / 1000) : value;
  }

  get isEmpty() {
    return !this.optional && !this.box.value.trim();
  }

  /** A dialog that is drawn anew keeps what was entered into a field that stays. */
  takeOver(before) {
    if (before?.kind !== this.kind) return;
    this.box.value = before.box.value;
    this.box.turn?.();
  }

  tell(error) {
    this.error.textContent = error;
    this.box.setAttribute("aria-invalid", String(Boolean(error)));
  }
}

function boxOf({ multiline, max_length: most, placeholder, initial_value: value = "" }) {
  const props = { maxlength: most, placeholder: placeholder?.text };
  const box = multiline ? h("textarea", { ...props, rows: 5 }) : h("input", props);
  box.value = value;
  return turning(box);
}

function menuOf({ options, placeholder, initial_option: initial }, optional) {
  const none = h("option", { value: "", disabled: !optional }, placeholder?.text ?? "");
  const box = h("select", {}, none, optionsOf(options));
  box.value = initial?.value ?? "";
  return box;
}

function peopleOf({ placeholder, initial_user: initial }, optional, slack) {
  const options = slack.agents.map(({ id, name }) => ({ value: id, text: { text: name } }));
  return menuOf({ options, placeholder, initial_option: { value: initial ?? "" } }, optional);
}

/** Day and time, to the minute. */
function momentOf({ initial_date_time: initial }) {
  const box = h("input", { type: "datetime-local" });
  if (initial) box.value = minuteOf(initial * 1000);
  return box;
}
