// SPDX-License-Identifier: Apache-2.0
// A cart that a kiosk gave to this phone: the camera opened the kiosk's code, the hub judges it and puts what it says into the
// cart here. While the hub cannot be heard the page keeps trying, for as long as it is open.
import {Refused, Unreachable, post} from "./hub.js";
import {cart} from "./cart.js";
import {session} from "./session.js";
import {element, icon} from "./dom.js";
import {money, t, tn} from "./words.js";
import {niche} from "./parts.js";

const retry_ms = 3000;

// What the code in the address says; read once, for it leaves the address at once.
let text = null;
let answer = null;   // as the hub gave it
let refusal = null;  // code of a refusal
let asking = false;
const changed = new EventTarget();

// The mark that kiosks put before the digits of such a code.
export function takeKioskCode() {
  if (location.pathname !== "/k" || !/^#k\d+$/.test(location.hash)) return false;
  text = location.hash;
  answer = null;
  refusal = null;
  history.replaceState(null, "", "/k");
  return true;
}

async function ask() {
  if (asking) return;
  asking = true;
  while (answer === null && refusal === null) {
    const wanted = text;
    try {
      const {body} = await post("/api/v1/cart/keep", {text});
      if (wanted !== text) continue;  // another code was opened meanwhile
      answer = body;
      session.load().catch(() => {});  // the kiosk's store, where none was chosen
      cart.ask();
    } catch (error) {
      if (error instanceof Unreachable) await new Promise((resolve) => { setTimeout(resolve, retry_ms); });
      else if (!(error instanceof Refused)) throw error;
      else if (wanted === text) refusal = error.code;
    }
  }
  asking = false;
  changed.dispatchEvent(new Event("change"));
}

function refusedState() {
  if (refusal === "pass_expired") return niche("warning", t("from_kiosk.expired"), t("from_kiosk.expired_text"));
  if (refusal === "cart_full" || refusal === "quantity_max") return niche("warning", t("from_kiosk.full"), t("from_kiosk.full_text"));
  return niche("warning", t("from_kiosk.refused"), t("from_kiosk.refused_text"));
}

function takenState() {
  const items = tn("from_kiosk.items", answer.units, {price: money(answer.to_pay)});
  let words = t("from_kiosk.added_text", {items});
  if (answer.outcome === "already") words = t("from_kiosk.already_text", {items});
  if (answer.outcome === "same") words = t("from_kiosk.same_text", {items});
  if (answer.on_its_way) words = t("from_kiosk.on_its_way_text", {items});
  if (answer.left_out > 0) words += ` ${tn("from_kiosk.left_out", answer.left_out)}`;
  return niche("check", t("from_kiosk.taken"), words);
}

export function fromKioskView() {
  const mark = element("span", {class: "wordmark"});
  const heading = element("h1", {tabindex: "-1"}, t("from_kiosk.title"));
  const state = element("div", {role: "status", "aria-live": "polite"});
  const on = element("a", {class: "button primary", href: "/#cart", test: "open-cart"}, icon("bag"), t("from_kiosk.open"));
  const node = element("div", {class: "view"}, element("header", {class: "top"}, mark),
    element("main", {class: "content"}, heading, state, on));
  const show = () => {
    state.replaceChildren(answer ? takenState() : refusal ? refusedState() : niche("kiosk", t("common.loading"), t("from_kiosk.waiting_text")));
  };
  changed.addEventListener("change", show);
  show();
  ask();
  return {node, heading, title: t("from_kiosk.title"), close: () => changed.removeEventListener("change", show), update() {
    mark.textContent = session.state.brand;
  }};
}
