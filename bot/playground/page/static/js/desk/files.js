// Files under a message at the desk.

import { h, icon } from "../base/dom.js";
import { t } from "../base/words.js";
import { sizeOf } from "../phone/media.js";

export function attached(files) {
  return files.length > 0 && h("div", { class: "files" }, files.map(file));
}

function file({ id, name, title, mimetype = "", ...about }) {
  const address = `/files/slack/${encodeURIComponent(id)}`;
  const shown = name || title || id;
  const link = h(
    "a",
    { class: "file", href: address, download: shown, "aria-label": t("desk.download", { name: shown }) },
    icon(signOf(mimetype)),
    h("span", {}, h("bdi", {}, shown), h("small", {}, sizeOf(about))),
  );
  return mimetype.startsWith("image/") ? [picture(address, shown), link] : mimetype.startsWith("audio/") ? [sound(address), link] : link;
}

function picture(address, alt) {
  const image = h("img", { class: "picture", src: address, alt, loading: "lazy" });
  image.addEventListener("error", () => image.remove(), { once: true });
  return image;
}

function sound(address) {
  return h("audio", { src: address, controls: true, preload: "none" });
}

function signOf(mimetype) {
  return { image: "photo", audio: "voice", video: "video" }[mimetype.split("/")[0]] ?? "document";
}
