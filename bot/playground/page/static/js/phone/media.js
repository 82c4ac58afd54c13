// What a message carries beside words: pictures, voices, films, documents, places, contact cards.

import { h, icon } from "../base/dom.js";
import { addressOf } from "./address.js";
import { player } from "./player.js";

const DRAWN = { photo: pictures, sticker, animation: film, video: film, video_note: film, voice: player, audio: player, location, contact };

export function media(message, parts) {
  return (DRAWN[message.kind] ?? document_)(message, parts);
}

/** One picture, or an album. */
function pictures({ files }, { w }) {
  return h("div", { class: `pictures of-${Math.min(files.length, 4)}` }, files.map((file) => picture(file, w("kind.photo"))));
}

function picture(file, alt) {
  return shownOr(h("img", { src: addressOf(file), alt, loading: "lazy" }), () => sign("photo", alt));
}

function sticker({ files }, { w }) {
  const image = h("img", { class: "sticker", src: addressOf(files[0]), alt: w("kind.sticker") });
  return shownOr(image, () => sign("sticker", w("kind.sticker")));
}

function film({ kind, files }, { w }) {
  const name = w(`kind.${kind}`);
  const video = h("video", { class: `film ${kind}`, src: addressOf(files[0]), controls: true, preload: "metadata", "aria-label": name });
  return shownOr(video, () => sign("video", name));
}

function document_({ kind, files }, { w }) {
  const file = files[0];
  if (!file) return sign("document", w(`kind.${kind}`));
  const label = w("phone.download", { name: file.name });
  return h(
    "a",
    { class: "document", href: addressOf(file), download: file.name, "aria-label": label },
    h("span", { class: "round" }, icon("document")),
    h("span", { class: "about" }, h("bdi", { class: "name" }, file.name || w("kind.document")), h("small", {}, sizeOf(file))),
  );
}

function location({ place }, { w }) {
  const where = place && `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
  return h("div", { class: "place" }, h("div", { class: "map" }, icon("location")), h("small", {}, w("kind.location"), " ", h("bdi", { dir: "ltr" }, where)));
}

function contact({ card }, { w }) {
  return h(
    "div",
    { class: "document" },
    h("span", { class: "round" }, icon("contact")),
    h("span", { class: "about" }, h("bdi", { class: "name" }, card?.name || w("kind.contact")), h("small", {}, h("bdi", { dir: "ltr" }, card?.phone))),
  );
}

/** What the browser cannot show is named. */
function shownOr(element, instead) {
  element.addEventListener("error", () => element.replaceWith(instead()), { once: true });
  return element;
}

function sign(name, title) {
  return h("div", { class: `sign ${name}` }, icon(name), title);
}

export function sizeOf({ size: bytes }) {
  if (bytes == null) return "";
  const [size, unit] = bytes < 1024 * 1024 ? [Math.max(1, Math.round(bytes / 1024)), "KB"] : [(bytes / 1024 / 1024).toFixed(1), "MB"];
  return h("bdi", { dir: "ltr" }, `${size} ${unit}`);
}
