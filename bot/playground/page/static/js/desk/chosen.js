// Files that an agent has chosen and not sent yet: below a message that is written, or in a dialog.

import { h, icon, iconButton } from "../base/dom.js";
import { keep } from "../base/keep.js";
import { menu } from "../base/menu.js";
import { chosenFiles, keptFiles } from "../base/upload.js";
import { t } from "../base/words.js";

const SAMPLES = ["photo", "document", "voice", "video"];

export class Chosen {
  constructor() {
    this.files = [];
    this.list = h("ul", { class: "chosen", hidden: true });
    this.opener = menu("attach", t("desk.attach"), () => this.choices());
  }

  get ids() {
    return this.files.map((file) => file.id);
  }

  choices() {
    const sample = (kind) => ({ icon: kind, title: t(`kind.${kind}`), chosen: () => this.put([...this.files, { id: `sample:${kind}`, name: t(`kind.${kind}`) }]) });
    return [{ icon: "device", title: t("phone.device"), chosen: () => this.fromDevice() }, ...SAMPLES.map(sample)];
  }

  async fromDevice() {
    const files = await keptFiles(await chosenFiles());
    this.put([...this.files, ...files]);
  }

  put(files) {
    this.files = files;
    this.list.hidden = !files.length;
    const items = files.map((file, place) => ({ ...file, place }));
    keep(this.list, items, (item) => item.place, ({ name, place }) =>
      h("li", {}, icon("document"), h("bdi", {}, name), iconButton("close", t("desk.take_off", { name }), () => this.drop(place))));
  }

  drop(place) {
    this.put(this.files.filter((_file, at) => at !== place));
  }
}
