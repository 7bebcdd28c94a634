// SPDX-License-Identifier: Apache-2.0
// What the page says about itself: one banner at most (the most serious), and toasts with an undo.
import {connection} from "./hub.js";
import {cart} from "./cart.js";
import {pass} from "./pass.js";
import {element, icon} from "./dom.js";
import {t} from "./words.js";

const offlineAfter_ms = 10_000;
const backFor_ms = 8000;
const toastFor_ms = 6000;

// How a refused action is worded; anything else has its effect undone on screen and says so.
const refusals = {
  cart_full: "refused.cart_full",
  quantity_max: "refused.quantity_max",
  product_unknown: "refused.product_unknown",
};

const slot = element("div", {class: "banner-slot", role: "status", "aria-live": "polite"});
let offlineShown = false;
let backUntil = 0;
let timer = 0;
let kind = "";

function banner(name, colour, iconName, title, text, onClose) {
  if (kind === name) return;
  kind = name;
  if (name === "") {
    slot.replaceChildren();
    return;
  }
  slot.replaceChildren(element("div", {class: `banner ${colour}`, test: `banner-${name.split(" ")[0]}`},
    element("span", {class: "banner-disc"}, icon(iconName)),
    element("div", {class: "grow"}, element("p", {class: "banner-title"}, title), text && element("p", {}, text)),
    onClose && element("button", {class: "round", label: t("common.close"), on: {click: onClose}}, icon("close"))));
}

function look() {
  clearTimeout(timer);
  const now = performance.now();
  const age = now - connection.since;
  if (connection.up && offlineShown) {
    offlineShown = false;
    backUntil = now + backFor_ms;
  } else if (!connection.up && !offlineShown && age >= offlineAfter_ms) {
    offlineShown = true;
  }
  const again = (ms) => { timer = setTimeout(look, ms + 20); };
  if (!connection.up && !offlineShown) again(offlineAfter_ms - age);
  if (offlineShown) {
    banner(`offline ${pass.code !== null}`, "info", "offline", t("offline.title"),
      pass.code === null ? t("offline.text") : t("offline.text_with_code"));
  } else if (cart.refusal !== null) {
    banner(`refused ${cart.refusal}`, "warn", "warning", t("refused.title"),
      t(refusals[cart.refusal] ?? "refused.other"), () => { cart.refusal = null; look(); });
  } else if (now < backUntil) {
    banner("back", "ok", "online", t("offline.back"), null);
    again(backUntil - now);
  } else {
    banner("");
  }
}

export function startNotices() {
  connection.addEventListener("change", look);
  cart.addEventListener("change", look);
  pass.addEventListener("change", look);
}

// The banner's place: the view that is shown takes it in.
export function bannerSlot() {
  return slot;
}

// After a change of language.
export function wordAgain() {
  kind = "again";
  look();
}

// `undo` is called when the person wants it back; without one the toast only tells.
export function toast(text, undo) {
  const place = document.getElementById("toasts");
  let left = 0;
  const node = element("div", {class: "toast", test: "toast"}, element("span", {class: "grow"}, text));
  const close = () => {
    clearTimeout(left);
    node.remove();
  };
  const wait = () => {
    clearTimeout(left);
    left = setTimeout(close, toastFor_ms);
  };
  if (undo) {
    node.append(element("button", {class: "toast-action", test: "undo", on: {click: () => { close(); undo(); }}}, t("common.undo")));
  }
  // Whoever is on it gets the time to use it.
  node.addEventListener("focusin", () => clearTimeout(left));
  node.addEventListener("focusout", wait);
  place.replaceChildren(node);
  wait();
}
