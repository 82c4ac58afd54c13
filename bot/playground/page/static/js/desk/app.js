// The app's own place: its Home tab, and what it told this agent directly.

import { h } from "../base/dom.js";
import { desk as act } from "../base/wire.js";
import { t } from "../base/words.js";
import { renderBlocks } from "./blocks.js";
import { Posts } from "./posts.js";

export class AppPane {
  constructor(agent) {
    this.agent = agent;
    this.tab = "messages";
    this.home = h("div", { class: "home blocks", tabindex: 0 });
    this.posts = new Posts(agent);
    this.tabs = Object.fromEntries(["home", "messages"].map((name) => [name, this.tabButton(name)]));
    this.element = h(
      "div",
      { class: "pane app", hidden: true },
      h("header", {}, h("h3", {}, t("desk.app")), h("div", { class: "tabs", role: "tablist" }, Object.values(this.tabs))),
      this.home,
      this.posts.element,
    );
  }

  show(agent, slack) {
    if (agent.home && !this.seenHome) this.tab = "home";
    this.seenHome ||= Boolean(agent.home);
    this.seen = [agent, slack];
    for (const [name, button] of Object.entries(this.tabs)) button.setAttribute("aria-selected", String(name === this.tab));
    this.home.hidden = this.tab !== "home";
    this.posts.element.hidden = this.tab !== "messages";
    if (this.tab === "home") this.showHome(agent, slack);
    else this.showMessages(agent, slack);
  }

  showHome(agent, slack) {
    const looks = JSON.stringify(agent.home);
    if (looks === this.looks) return;
    this.looks = looks;
    const does = (what) => act(this.agent, { ...what, surface: "home" });
    const acts = {
      click: (action) => does({ do: "clicks", action }),
      choose: (action, option) => does({ do: "chooses", action, option }),
    };
    const blocks = agent.home ? renderBlocks(agent.home, slack, acts) : [h("p", { class: "note" }, t("desk.home_empty"))];
    this.home.replaceChildren(...blocks);
  }

  showMessages(agent, slack) {
    this.posts.moveTo("direct", t("desk.app_about"));
    this.posts.element.dataset.empty = t("desk.empty");
    this.posts.show(agent.direct, [], { slack, channel: "" });
  }

  tabButton(name) {
    const open = () => {
      this.tab = name;
      if (name === "home") act(this.agent, { do: "opens_home" });
      this.show(...this.seen);
    };
    return h("button", { type: "button", role: "tab", on: { click: open } }, t(`tab.${name}`));
  }
}
