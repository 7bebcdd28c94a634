// SPDX-License-Identifier: Apache-2.0
// Words by key and language, and numbers, money and times as the reader's language writes them.
import {Unreachable} from "./hub.js";

const built = ["en", "de"];
const chosenKey = "vitrine-language";
const regions = {en: "en-GB", de: "de-DE"};  // where the browser names no region

let words = {};
let language = "en";
let locale = "en-GB";
let plural = new Intl.PluralRules(locale);

// The languages that both the page and the shop speak.
export function languagesOffered(shop) {
  const both = built.filter((each) => (shop ?? built).includes(each));
  return both.length > 0 ? both : ["en"];
}

export function currentLanguage() {
  return language;
}

// What the reader chose here earlier, else the first of the browser's languages that is offered.
export function preferredLanguage(offered) {
  const chosen = localStorage.getItem(chosenKey);
  if (offered.includes(chosen)) return chosen;
  for (const tag of navigator.languages) {
    const base = tag.toLowerCase().split("-")[0];
    if (offered.includes(base)) return base;
  }
  return offered[0];
}

export async function speak(wanted) {
  try {
    const answer = await fetch(`/web/text/${wanted}.json`);
    if (!answer.ok) throw new Error(String(answer.status));
    words = await answer.json();
  } catch (error) {
    throw new Unreachable(`text/${wanted}.json: ${error}`);
  }
  language = wanted;
  locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${wanted}-`)) ?? regions[wanted];
  plural = new Intl.PluralRules(locale);
  document.documentElement.lang = wanted;
}

export async function chooseLanguage(wanted) {
  await speak(wanted);
  localStorage.setItem(chosenKey, wanted);
}

// t("store.open_until", {store, time}): the text with its {names} filled in.
export function t(key, values = {}) {
  const text = words[key];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

// tn("cart.items", 3): the plural form of a key ("cart.items.one", "cart.items.other") with {n} filled in.
export function tn(key, n, values = {}) {
  const form = `${key}.${plural.select(n)}`;
  return t(form in words ? form : `${key}.other`, {...values, n: number(n)});
}

// The reader's language out of {"en": …, "de": …}; English, then anything, where it is missing.
export function pick(texts) {
  if (typeof texts === "string") return texts;
  return texts?.[language] ?? texts?.en ?? Object.values(texts ?? {})[0] ?? "";
}

export function number(n) {
  return new Intl.NumberFormat(locale).format(n);
}

// {"minor": 295, "currency": "GBP"} → "£2.95". How many minor units a currency has is Intl's knowledge.
export function money(amount) {
  const format = new Intl.NumberFormat(locale, {style: "currency", currency: amount.currency});
  const digits = format.resolvedOptions().maximumFractionDigits;
  return format.format(amount.minor / 10 ** digits);
}

export function clock(ms) {
  return new Intl.DateTimeFormat(locale, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"}).format(new Date(ms));
}

// A time of today as "14:02", an earlier day's as "Tue 17 Nov, 14:02".
export function moment(ms, now = Date.now()) {
  const then = new Date(ms);
  if (then.toDateString() === new Date(now).toDateString()) return clock(ms);
  return `${new Intl.DateTimeFormat(locale, {weekday: "short", day: "numeric", month: "short"}).format(then)}, ${clock(ms)}`;
}

export function day(ms) {
  return new Intl.DateTimeFormat(locale, {day: "numeric", month: "long"}).format(new Date(ms));
}

// 492,000 ms → "8:12".
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
