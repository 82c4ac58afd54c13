// A dialog of the app: a form with its fields, and the errors that the app found in them.

import { h, iconButton, wordButton } from "../base/dom.js";
import { nearest } from "../base/keep.js";
import { desk as act } from "../base/wire.js";
import { t } from "../base/words.js";
import { renderBlocks } from "./blocks.js";
import { FormField } from "./fields.js";
import { FileField } from "./filefield.js";

export class Modal {
  constructor(agent) {
    this.agent = agent;
    this.fields = [];
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
    const before = dialog && dialog.id === this.id ? this.fields : [];
    const isHere = this.window.contains(document.activeElement) || document.activeElement === document.body;
    const focused = isHere && this.keyInFocus();
    const leaves = isHere && this.id && !dialog;
    this.id = dialog?.id;
    this.window.close();
    this.element.hidden = !dialog;
    if (leaves) this.goBack();
    if (!dialog) return;
    this.fields = dialog.blocks.filter((block) => block.type === "input").map((block) => this.field(block, slack));
    for (const field of this.fields) field.takeOver(before.find((one) => one.key === field.key));
    const byBlock = new Map(this.fields.map((field) => [field.key, field.element]));
    const blocks = dialog.blocks.flatMap((block) => byBlock.get(block.block_id) ?? renderBlocks([block], slack, this.acts()));
    const form = h(
      "form",
      { novalidate: true },
      h("header", {}, h("h3", { class: "said" }, dialog.title), iconButton("close", t("desk.close"), () => this.dismiss())),
      h("div", { class: "blocks" }, blocks),
      this.footer(dialog),
    );
    form.addEventListener("submit", (event) => this.submit(event));
    this.window.setAttribute("aria-label", dialog.title);
    this.window.replaceChildren(form);
    this.window.show();
    this.focus(focused);
  }

  /** Where the keyboard was last, outside the dialog: on what, of which message, in which list. */
  cameFrom(element) {
    const post = element.closest("[data-ts]");
    this.before = { element, action: element.dataset.action, ts: post?.dataset.ts, list: post?.parentElement };
  }

  /** The keyboard goes on where it opened the dialog, though the message may have been drawn anew. */
  goBack() {
    const { element, action, ts, list } = this.before ?? {};
    const post = ts && list.querySelector(`:scope > [data-ts="${ts}"]`);
    const there = element?.isConnected ? element : (post && nearest(post, action)) ?? list;
    there?.focus({ preventScroll: true });
  }

  field(block, slack) {
    return block.element.type === "file_input" ? new FileField(block) : new FormField(block, slack, this.acts());
  }

  keyInFocus() {
    return this.fields.find((field) => field.element.contains(document.activeElement))?.key;
  }

  focus(key) {
    const field = this.fields.find((one) => one.key === key) ?? this.fields[0];
    (field?.box ?? this.window.querySelector("footer button")).focus();
  }

  /** Pressed and chosen in the dialog itself. */
  acts() {
    const does = (what) => act(this.agent, { ...what, surface: "dialog" });
    return {
      click: (action) => does({ do: "clicks", action }),
      choose: (action, option) => does({ do: "chooses", action, option }),
      pick: (field, option) => act(this.agent, { do: "picks", field, option, values: this.values() }),
    };
  }

  footer({ submit, close }) {
    this.sender = submit && h("button", { class: "plain primary" }, submit);
    return h("footer", {}, wordButton(close || t("desk.close"), () => this.dismiss()), this.sender);
  }

  values() {
    return Object.fromEntries(this.fields.filter((one) => !one.files).map((one) => [one.key, one.value]));
  }

  files() {
    return Object.fromEntries(this.fields.filter((one) => one.files).map((one) => [one.key, one.files]));
  }

  async submit(event) {
    event.preventDefault();
    const empty = this.fields.filter((field) => field.isEmpty);
    this.tellErrors(Object.fromEntries(empty.map((field) => [field.key, t("desk.required")])));
    if (empty.length) return empty[0].box.focus();
    this.sender.disabled = true;
    await act(this.agent, { do: "submits", values: this.values(), files: this.files() });
    this.sender.disabled = false;
  }

  /** Somebody goes elsewhere: nothing is covered any more. */
  leave() {
    if (!this.element.hidden) this.dismiss();
  }

  dismiss() {
    act(this.agent, { do: "dismisses" });
  }

  tellErrors(errors) {
    for (const field of this.fields) field.tell(errors[field.key] ?? "");
  }
}
