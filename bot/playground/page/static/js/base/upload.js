// Files of the visitor's own: chosen here, kept at the playground, and sent from there.

import { h } from "./dom.js";
import { notice } from "./notices.js";
import { t } from "./words.js";

const MOST_MB = 60;

/** Let the visitor choose; nothing when they think better of it. */
export function chosenFiles() {
  const input = h("input", { type: "file", multiple: true });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve([...input.files]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}

/** What the playground took, each with its `id`, `name` and `type`. */
export async function keptFiles(files, w = t) {
  const fits = files.filter((file) => file.size <= MOST_MB * 1024 * 1024);
  for (const file of files) if (!fits.includes(file)) notice(w("phone.too_large", { name: file.name, most: MOST_MB }));
  return Promise.all(fits.map(keep));
}

async function keep(file) {
  const type = file.type || "application/octet-stream";
  const answer = await fetch(`/files?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers: { "Content-Type": type },
    body: file,
  });
  return { id: (await answer.json()).id, name: file.name, type };
}
