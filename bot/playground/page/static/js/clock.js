// Moments as people at this desk read them: by desk time, in the desk's own zone.

let timeZone; // the reader's own until the desk has told
let ahead = 0;

/** What the playground tells of desk time: its zone, and how many seconds it runs ahead of this machine. */
export function setClock(time) {
  timeZone = time?.zone;
  ahead = time?.ahead ?? 0;
}

export const zone = () => timeZone ?? "";

/** Desk time. */
export function now() {
  return new Date(Date.now() + ahead * 1000);
}

/** The time of day in a language, with the digits that its speakers use here. */
export function clockTime(moment, language) {
  return new Date(moment).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", timeZone });
}

/** The moment of a Slack timestamp. */
export function slackTime(ts) {
  return clockTime(Number(ts) * 1000, "en-GB");
}

/** A day's name: a weekday and a date. */
export function dayName(moment, language, { year } = {}) {
  return new Date(moment).toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long", year, timeZone });
}

/** A moment in a few words: its day and time. */
export function dayAndTime(moment) {
  const day = new Date(moment).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone });
  return `${day}, ${clockTime(moment, "en-GB")}`;
}

/** The same, without the day where that is today. */
export function shortMoment(moment) {
  return dateOf(moment) === dateOf(now()) ? clockTime(moment, "en-GB") : dayAndTime(moment);
}

/** The date of a moment at the desk, as 2026-11-22. */
export function dateOf(moment) {
  return new Date(moment).toLocaleDateString("sv", { timeZone });
}

/** Day and time at the desk to the minute, as 2026-11-22T09:30: what a field for moments holds. */
export function minuteOf(moment) {
  return `${dateOf(moment)}T${new Date(moment).toLocaleTimeString("sv", { hour: "2-digit", minute: "2-digit", timeZone })}`;
}

/** The moment of such a minute. */
export function momentAt(minute) {
  const shown = Date.parse(`${minute}Z`);
  const first = shown - offsetAt(shown);
  return new Date(shown - offsetAt(first));
}

/** How far the desk's zone is from UTC at a moment, in milliseconds. */
function offsetAt(moment) {
  return Date.parse(`${minuteOf(moment)}Z`) - Math.floor(moment / 60_000) * 60_000;
}

/** A Slack date: its `format` with each {token} told for this reader. */
export function slackDate(timestamp, format) {
  const moment = new Date(timestamp * 1000);
  return format.replace(/\{(\w+)\}/g, (token, name) => told(moment, name) ?? token);
}

function told(moment, name) {
  if (name === "time") return clockTime(moment, "en-GB");
  if (name === "time_secs") return moment.toLocaleTimeString("en-GB", { timeZone });
  if (name === "date_num") return dateOf(moment);
  if (!name.startsWith("date")) return null;
  const pretty = name.endsWith("_pretty") && nearDay(moment);
  const month = name.startsWith("date_short") ? "short" : "long";
  const weekday = name.startsWith("date_long") ? { weekday: "long" } : {};
  const parts = { day: "numeric", month, year: "numeric", ...weekday, timeZone };
  return pretty || moment.toLocaleDateString("en-GB", parts);
}

function nearDay(moment) {
  const days = Math.round((Date.parse(dateOf(moment)) - Date.parse(dateOf(now()))) / 86_400_000);
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[days];
}
