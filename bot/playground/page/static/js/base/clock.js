// Moments as people at this desk read them: by desk time, in the desk's own zone.

import { language, localeOf, t } from "./words.js";

const OURS = localeOf(language);
const SORTABLE = "sv"; // writes dates as 2026-11-22

let timeZone; // the reader's own until the desk has told
let ahead = 0;
let formats = new Map();

/** What the playground tells of desk time: its zone, and how many seconds it runs ahead of this machine. */
export function setClock(time) {
  if (time?.zone !== timeZone) formats = new Map();
  timeZone = time?.zone;
  ahead = time?.ahead ?? 0;
}

export const zone = () => timeZone ?? "";

/** Desk time. */
export function now() {
  return new Date(Date.now() + ahead * 1000);
}

/** The time of day in a locale; the page's own, unless another is named. */
export function clockTime(moment, locale = OURS) {
  return told(moment, locale, { hour: "2-digit", minute: "2-digit" });
}

/** The moment of a Slack timestamp. */
export function slackTime(ts) {
  return clockTime(Number(ts) * 1000);
}

/** A day's name: a weekday and a date. */
export function dayName(moment, locale = OURS, { year } = {}) {
  return told(moment, locale, { weekday: "long", day: "numeric", month: "long", year });
}

/** A moment in a few words: its day and time. */
export function dayAndTime(moment) {
  return withTime(told(moment, OURS, { weekday: "short", day: "numeric", month: "short" }), moment);
}

/** The same at length. */
export function wholeMoment(moment) {
  return withTime(dayName(moment), moment);
}

function withTime(day, moment) {
  return t("time.day_and_time", { day, time: clockTime(moment) });
}

/** The same, without the day where that is today. */
export function shortMoment(moment) {
  return dateOf(moment) === dateOf(now()) ? clockTime(moment) : dayAndTime(moment);
}

/** The date of a moment at the desk, as 2026-11-22. */
export function dateOf(moment) {
  return told(moment, SORTABLE, { year: "numeric", month: "2-digit", day: "2-digit" });
}

/** Day and time at the desk to the minute, as 2026-11-22T09:30: what a field for moments holds. */
export function minuteOf(moment) {
  return `${dateOf(moment)}T${clockTime(moment, SORTABLE)}`;
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
  return format.replace(/\{(\w+)\}/g, (token, name) => slackPart(moment, name) ?? token);
}

function slackPart(moment, name) {
  if (name === "time") return clockTime(moment);
  if (name === "time_secs") return told(moment, OURS, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (name === "date_num") return dateOf(moment);
  if (!name.startsWith("date")) return null;
  const pretty = name.endsWith("_pretty") && nearDay(moment);
  const month = name.startsWith("date_short") ? "short" : "long";
  const weekday = name.startsWith("date_long") ? { weekday: "long" } : {};
  return pretty || told(moment, OURS, { day: "numeric", month, year: "numeric", ...weekday });
}

function nearDay(moment) {
  const days = Math.round((Date.parse(dateOf(moment)) - Date.parse(dateOf(now()))) / 86_400_000);
  return { "-1": t("time.yesterday"), 0: t("time.today"), 1: t("time.tomorrow") }[days];
}

/** Formats are dear to make, and every message asks for some. */
function told(moment, locale, options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  return formats.get(key).format(new Date(moment));
}
