// The page's own words, in three languages: the page speaks one of them, each phone its owner's.

import { recall, remember } from "./store.js";

export const LANGUAGES = { en: "English", ar: "العربية", ru: "Русский" };
const LOCALES = { en: "en-GB", ar: "ar-u-nu-latn", ru: "ru" }; // digits as the desk writes them
const KEPT = "sanad-language";

const books = {};

/** The language of the page: what was chosen, else what the browser asks for. */
export const language = known(recall(KEPT)) ?? known(navigator.language.slice(0, 2)) ?? "en";

function known(name) {
  return LANGUAGES[name] ? name : null;
}

/** Read all words. Nothing can be drawn before. */
export async function readWords() {
  await Promise.all(Object.keys(LANGUAGES).map(async (name) => {
    books[name] = await (await fetch(`/static/words/${name}.json`)).json();
  }));
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  document.title = t("page.title");
}

/** Speak another language from now on. The desk stands at the server, so the page can begin anew. */
export function speak(name) {
  remember(KEPT, name);
  location.reload();
}

/** Words of a language, by key; `fields` are put into their {places}. */
export function wordsOf(name) {
  const spoken = known(name) ?? "en";
  return (key, fields) => fill(books[spoken][key] ?? key, fields);
}

/** Words of the page. */
export const t = (key, fields) => wordsOf(language)(key, fields);

/** The same, where there may be none. */
export const named = (key) => (books[language][key] ? t(key) : null);

/** Words of the page that count something. */
export function counted(key, count) {
  const forms = books[language][key];
  return fill(forms[new Intl.PluralRules(language).select(count)] ?? forms.other, { count });
}

export const localeOf = (name) => LOCALES[name] ?? "en-GB";
export const directionOf = (name) => (name === "ar" ? "rtl" : "ltr");

/** The direction of words, by their first letter. */
export const directionIn = (text) => (/^\P{L}*[\u0590-\u08ff\ufb1d-\ufefc]/u.test(text) ? "rtl" : "ltr");

function fill(text, fields = {}) {
  return text.replace(/\{(\w+)\}/g, (place, name) => fields[name] ?? place);
}
