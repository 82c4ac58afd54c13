// What can go wrong in a real place, to be tried here: the process dies, a platform is out of reach.

import { t } from "../base/words.js";
import { send } from "../base/wire.js";
import { PLATFORMS } from "./platforms.js";

/** The entries of the menu as things stand. */
export function troubles(state) {
  return state ? [machine(state.bot), ...Object.keys(PLATFORMS).map((on) => wire(on, state[on].down))] : [];
}

function machine({ state }) {
  const stands = state === "stopped";
  return {
    icon: "power",
    title: t(stands ? "bar.start" : "bar.kill"),
    detail: t(stands ? "bar.start_why" : "bar.kill_why"),
    chosen: () => send({ on: "bot", do: stands ? "start" : "kill" }),
  };
}

function wire(on, down) {
  const platform = PLATFORMS[on];
  return {
    icon: "plug",
    title: t(down ? "bar.mend" : "bar.cut", { platform }),
    detail: down ? "" : t("bar.cut_why"),
    chosen: () => send({ on, down: !down }),
  };
}
