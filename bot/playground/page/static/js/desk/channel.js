// What can be done to a channel: Slack's own menu, so that the desk can be seen to mend itself.

import { desk as act } from "../base/wire.js";
import { t } from "../base/words.js";

export function channelChoices(agent, channel, slack) {
  const does = (what) => act(agent, { ...what, channel: channel.id });
  const here = channel.members.includes(slack.bot.id);
  const entry = (icon, key, what, danger = false) => ({ icon, title: t(key), danger, chosen: () => does({ do: what }) });
  return [
    channel.members.includes(agent) ? entry("out", "desk.leave", "leaves") : entry("in", "desk.join", "joins"),
    !channel.public && entry("eye", "desk.publish", "publishes"),
    here && entry("out", "desk.bot_out", "removes_bot"),
    channel.archived ? entry("archive", "desk.unarchive", "unarchives") : entry("archive", "desk.archive", "archives", true),
  ].filter(Boolean);
}
