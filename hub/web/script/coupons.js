// SPDX-License-Identifier: Apache-2.0
// Coupons of the cart: each with what it takes off or what it waits for, a way to take it off, and a line to enter one.
import {cart} from "./cart.js";
import {Refused, Unreachable} from "./hub.js";
import {element, icon, keyed, say, setLabel, setText, show} from "./dom.js";
import {day, money, pick, t, tn} from "./words.js";
import {toast} from "./notices.js";

const needs = {goods: "coupon.need_goods", hours: "coupon.need_hours", members: "coupon.need_members",
  elsewhere: "coupon.need_elsewhere", no_gain: "coupon.no_gain"};

function words(coupon, currency) {
  if (coupon.state === "used") return t("coupon.used", {price: money({minor: coupon.minor, currency})});
  if (coupon.state === "over") return coupon.at === null ? t("coupon.over") : t("coupon.ended", {day: day(coupon.at)});
  if (coupon.need === "basket") return t("coupon.need_basket", {price: money({minor: coupon.missing, currency})});
  if (coupon.need === "units") return tn("coupon.need_units", coupon.missing);
  if (coupon.need === "later" && coupon.at !== null) return t("coupon.begins", {day: day(coupon.at)});
  return t(needs[coupon.need] ?? "coupon.need_goods");
}

function refusal(error) {
  if (error instanceof Unreachable) return t("coupon.unreached");
  if (error.code === "coupon_not_valid_now" && error.problem.from) return t("coupon.begins", {day: day(error.problem.from)});
  if (error.code === "coupon_not_valid_now") return error.problem.to ? t("coupon.ended", {day: day(error.problem.to)}) : t("coupon.over");
  if (error.code === "coupons_locked") return t("coupon.locked");
  if (error.code === "coupons_max") return t("coupon.full");
  return error.code === "coupon_unknown" ? t("coupon.unknown") : t("refused.other");
}

function remove(coupon) {
  cart.removeCoupon(coupon);
  toast(t("coupon.removed", {code: coupon.code}), () => enter(coupon.code));
}

// True when it is on the cart; else `note` says why not.
async function enter(code, note = null) {
  try {
    await cart.addCoupon(code);
    say(t("coupon.added", {code}));
    return true;
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
    if (note === null) {
      toast(refusal(error));
    } else {
      setText(note, refusal(error));
      show(note, true);
    }
    return false;
  }
}

function makeRow() {
  const row = element("li", {class: "coupon", test: "coupon"}, icon("offer"));
  row.parts = {title: element("p", {class: "coupon-title"}), state: element("p", {class: "quiet-text", test: "coupon-state"}),
    remove: element("button", {class: "round", test: "remove-coupon", label: t("coupon.title"), on: {click: () => remove(row.coupon)}}, icon("bin"))};
  row.append(element("div", {class: "grow"}, row.parts.title, row.parts.state), row.parts.remove);
  return row;
}

function updateRow(row, coupon, currency) {
  row.coupon = coupon;
  const title = pick(coupon.title);
  setText(row.parts.title, title ? `${coupon.code}: ${title}` : coupon.code);
  setText(row.parts.state, words(coupon, currency));
  row.classList.toggle("used", coupon.state === "used");
  setLabel(row.parts.remove, t("coupon.remove", {code: coupon.code}));
}

export function couponSection() {
  const list = element("ul", {class: "coupons", test: "coupons"});
  const field = element("input", {type: "text", class: "coupon-field", test: "coupon-code", maxlength: "64", autocapitalize: "characters",
    autocomplete: "off", spellcheck: "false", enterkeyhint: "done", label: t("coupon.hint"), placeholder: t("coupon.hint")});
  const add = element("button", {class: "button tertiary", test: "add-coupon", type: "submit"}, icon("add"), t("coupon.enter"));
  const note = element("p", {class: "warn-text", test: "coupon-note", role: "alert"});
  show(note, false);
  const form = element("form", {class: "coupon-form", on: {submit: async (event) => {
    event.preventDefault();
    const code = field.value.trim();
    if (code === "" || add.disabled) return;
    show(note, false);
    add.disabled = true;
    if (await enter(code, note)) field.value = "";
    add.disabled = false;
  }}}, field, add);
  const node = element("section", {class: "card coupon-card", label: t("coupon.title")}, element("h2", {class: "row"}, t("coupon.title")), list, form, note);
  return {node, update(view) {
    const coupons = view.coupons ?? [];
    show(list, coupons.length > 0);
    keyed(list, coupons, (coupon) => coupon.code, makeRow, (row, coupon) => updateRow(row, coupon, view.totals?.currency ?? "GBP"));
  }};
}
