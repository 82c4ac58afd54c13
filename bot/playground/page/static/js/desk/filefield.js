// The field of a dialog that takes files.

import { h } from "../base/dom.js";
import { t } from "../base/words.js";
import { Chosen } from "./chosen.js";

export class FileField {
  constructor({ block_id: key, label, optional = false, hint }) {
    Object.assign(this, { key, optional, kind: "file_input", value: "" });
    this.chosen = new Chosen();
    this.box = this.chosen.opener.querySelector("button");
    this.error = h("span", { class: "error said", role: "alert" });
    this.element = h(
      "div",
      { class: "field files-field", role: "group", "aria-label": label.text, data: { field: key } },
      h("span", { class: "said" }, label.text, optional && h("small", {}, ` ${t("desk.optional")}`)),
      h("div", { class: "row" }, this.chosen.opener, this.chosen.list),
      hint && h("small", { class: "said" }, hint.text),
      this.error,
    );
  }

  get files() {
    return this.chosen.ids;
  }

  get isEmpty() {
    return !this.optional && !this.files.length;
  }

  takeOver(before) {
    if (before?.kind === this.kind) this.chosen.put(before.chosen.files);
  }

  tell(error) {
    this.error.textContent = error;
  }
}
