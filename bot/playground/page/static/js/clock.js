// Moments as people read them.

/** The time of day in a language, with the digits that its speakers use here. */
export function clockTime(moment, language) {
  return new Date(moment).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

/** The moment of a Slack timestamp. */
export function slackTime(ts) {
  return clockTime(Number(ts) * 1000, "en-GB");
}

/** A Slack date: its `format` with each {token} told for this reader. */
export function slackDate(timestamp, format) {
  const moment = new Date(timestamp * 1000);
  return format.replace(/\{(\w+)\}/g, (token, name) => told(moment, name) ?? token);
}

function told(moment, name) {
  if (name === "time") return clockTime(moment, "en-GB");
  if (name === "time_secs") return moment.toLocaleTimeString("en-GB");
  if (name === "date_num") return moment.toLocaleDateString("sv");
  if (!name.startsWith("date")) return null;
  const pretty = name.endsWith("_pretty") && nearDay(moment);
  const month = name.startsWith("date_short") ? "short" : "long";
  const weekday = name.startsWith("date_long") ? { weekday: "long" } : {};
  return pretty || moment.toLocaleDateString("en-GB", { day: "numeric", month, year: "numeric", ...weekday });
}

function nearDay(moment) {
  const days = Math.round((midnight(moment) - midnight(new Date())) / 86_400_000);
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[days];
}

function midnight(moment) {
  return new Date(moment).setHours(0, 0, 0, 0);
}
