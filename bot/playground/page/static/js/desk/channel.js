// What can be done to a channel: Slack's own menu, so that the desk can be seen to mend itself.

import { ask, askFor } from "../base/confirm.js";
import { desk as act } from "../base/wire.js";
import { t } from "../base/words.js";

export function channelChoices(agent, channel, slack) {
  const does = (what) => act(agent, { ...what, channel: channel.id });
  const here = channel.members.includes(slack.bot.id);
  const entry = (icon, key, what, danger = false) => ({ icon, title: t(key), danger, chosen: () => does({ do: what }) });
  return [
    channel.members.includes(agent) ? entry("out", "desk.leave", "leaves") : entry("in", "desk.join", "joins"),
    channel.public ? entry("lock", "desk.hide", "hides") : entry("eye", "desk.publish", "publishes"),
    { icon: "edit", title: t("desk.rename"), chosen: () => rename(channel, does) },
    here ? entry("out", "desk.bot_out", "removes_bot") : entry("in", "desk.bot_in", "invites_bot"),
    channel.archived ? entry("archive", "desk.unarchive", "unarchives") : entry("archive", "desk.archive", "archives", true),
    { icon: "delete", title: t("desk.delete_channel"), danger: true, chosen: () => remove(channel, does) },
  ];
}

async function rename({ name }, does) {
  const wanted = await askFor(t("desk.rename_to", { place: `#${name}` }), name);
  if (wanted && wanted !== name) await does({ do: "renames", name: wanted });
}

/** What was said in it goes with it, so it is asked first. */
async function remove({ name }, does) {
  const words = (text) => ({ text });
  const sure = await ask({
    title: words(t("desk.delete_channel")),
    text: words(t("desk.delete_sure", { place: `#${name}` })),
    confirm: words(t("desk.delete")),
    deny: words(t("desk.cancel")),
    style: "danger",
  });
  if (sure) await does({ do: "removes" });
}
