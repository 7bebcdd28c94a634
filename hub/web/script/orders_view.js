// SPDX-License-Identifier: Apache-2.0
// My orders: what has become of each, its code for the kiosk or the counter, and "I am here".
import {orders} from "./orders.js";
import {session} from "./session.js";
import {element, icon, keyed, setText, show, tile} from "./dom.js";
import {money, moment, number, pick, t, tn} from "./words.js";
import {bannerSlot} from "./notices.js";
import {niche, skeleton} from "./parts.js";
import {qrDrawing, sizeQr} from "./qr.js";
import {openAccount} from "./sheets.js";
import {goBack} from "./routes.js";

const states = {
  placed: "orders.placed", picking: "orders.picking", ready: "orders.ready", arrived: "orders.arrived",
  part_collected: "orders.part_collected", collected: "orders.collected", returned: "orders.returned",
  released: "orders.released", cancelled: "orders.cancelled", exception: "orders.exception",
  asked: "orders.asked", confirmed: "orders.confirmed", completed: "orders.completed",
};
const refusals = {
  order_not_ready: "orders.not_ready", order_over: "orders.over", order_cancelled: "orders.cancelled", order_confirmed: "orders.too_late", unreached: "orders.unreached",
};
const good = new Set(["ready", "arrived", "part_collected"]);

// What is worth knowing below the state: until when it waits, or when it is to be ready.
function times(order) {
  if (order.state === "arrived" && order.arrived_at) return t("orders.arrived_at", {time: moment(order.arrived_at)});
  if (good.has(order.state)) return order.hold_until ? t("orders.hold", {time: moment(order.hold_until)}) : "";
  if (order.state === "asked") return t("orders.asked_at", {time: moment(order.placed_at), amount: money({minor: order.asked_total, currency: order.currency})});
  if (order.state === "confirmed") return t("orders.confirmed_text");
  if (order.state === "placed" || order.state === "picking") return order.promise_at ? t("orders.promise", {time: moment(order.promise_at)}) : "";
  return "";
}

function makeItem() {
  const row = element("li", {class: "order-item"});
  row.parts = {title: element("span", {class: "grow"}), units: element("span", {class: "quiet-text"}), picture: element("span", {})};
  row.append(row.parts.picture, row.parts.title, row.parts.units);
  return row;
}

function updateItem(row, line) {
  const {parts} = row;
  const look = `${line.pictogram} ${line.tile}`;
  if (row.dataset.look !== look) {
    row.dataset.look = look;
    parts.picture.replaceChildren(tile(line.pictogram, line.tile));
  }
  setText(parts.title, pick(line.title));
  setText(parts.units, line.collected > 0 ? t("orders.units_of", {n: number(line.collected), all: number(line.units)}) : number(line.units));
}

function makeOrder() {
  const parts = {
    state: element("h2", {class: "order-state", test: "order-state"}),
    times: element("p", {class: "quiet-text"}),
    place: element("p", {class: "order-place"}),
    due: element("p", {class: "warn-text"}),
    items: element("ul", {class: "order-items"}),
    paper: element("div", {class: "order-paper"}),
    private: element("p", {class: "quiet-text small-text"}, t("orders.private")),
    trouble: element("p", {class: "warn-text", role: "status", test: "order-trouble"}),
    codeText: element("span", {}),
  };
  const card = element("li", {class: "card order", test: "order"});
  parts.placeText = element("span", {});
  parts.place.append(icon("store"), parts.placeText);
  parts.show = element("button", {class: "button primary", test: "order-code", "aria-expanded": "false", on: {click: () => card.toggle()}},
    icon("code"), parts.codeText);
  parts.here = element("button", {class: "button tertiary", test: "here", on: {click: () => orders.arrive(card.order)}}, icon("place"), t("orders.here"));
  parts.number = element("p", {class: "quiet-text small-text", test: "order-number"});
  parts.cancel = element("button", {class: "button tertiary", test: "order-cancel", on: {click: () => orders.cancel(card.order)}}, icon("close"), t("orders.cancel"));
  card.append(parts.state, parts.times, parts.number, parts.place, parts.due, parts.items, parts.paper, parts.private, parts.trouble, parts.show, parts.here, parts.cancel);
  card.parts = parts;
  card.isOpen = false;
  card.drawn = undefined;
  card.drawing = null;
  card.toggle = () => {
    card.isOpen = !card.isOpen;
    delete orders.refusal[card.order.order];
    updateOrder(card, card.order);
  };
  return card;
}

function drawCode(card, code) {
  const {paper} = card.parts;
  if (card.drawn !== code) {
    card.drawn = code;
    card.drawing = code === null ? null : qrDrawing(code, t("orders.picture"));
    if (card.drawing !== null) card.drawing.dataset.text = code.text;
    paper.replaceChildren(card.drawing ?? element("div", {class: "code-wait"}, icon("code")));
  }
  if (card.drawing !== null) sizeQr(card.drawing, code, paper.clientWidth, paper.clientWidth);
}

function updateOrder(card, order) {
  const {parts} = card;
  card.order = order;
  card.dataset.order = order.order;
  card.dataset.state = order.state;
  const key = order.cancel_asked ? "orders.cancel_asked" : states[order.state] ?? "orders.exception";
  setText(parts.state, t(key));
  parts.state.classList.toggle("ok-text", good.has(order.state) && !order.cancel_asked);
  setText(parts.times, times(order));
  show(parts.times, parts.times.textContent !== "");
  show(parts.place, order.store !== null);
  setText(parts.placeText, order.store ? order.store.name : "");
  const home = order.delivery === "home";
  show(parts.number, home);
  setText(parts.number, home ? t("orders.number", {number: order.order}) : "");
  const due = order.balance_due > 0 && !home;  // what is sent home is paid as the account says, not at a counter
  show(parts.due, due);
  setText(parts.due, due ? t("orders.due", {amount: money({minor: order.balance_due, currency: order.currency})}) : "");
  keyed(parts.items, order.lines, (line) => line.line, makeItem, updateItem);
  const shows = card.isOpen && order.may_collect;
  show(parts.show, order.may_collect);
  parts.show.setAttribute("aria-expanded", String(shows));
  setText(parts.codeText, shows ? t("orders.hide_code") : t("orders.show_code"));
  show(parts.paper, shows);
  show(parts.private, shows);
  show(parts.here, order.may_arrive);
  show(parts.cancel, order.may_cancel === true);
  const refusal = orders.refusal[order.order];
  show(parts.trouble, refusal !== undefined);
  setText(parts.trouble, refusal === undefined ? "" : t(refusals[refusal] ?? "orders.unreached"));
  if (!shows) return;
  drawCode(card, orders.code(order));
  if (refusal === undefined && !card.making) {
    card.making = orders.makeCode(order).finally(() => { card.making = null; });
  }
}

export function ordersView() {
  const heading = element("h1", {tabindex: "-1"}, t("orders.title"));
  const list = element("ul", {class: "orders", test: "orders", label: t("orders.title")});
  const count = element("p", {class: "quiet-text", role: "status"});
  const waiting = skeleton(2);
  const none = niche("bag", t("orders.none"), t("orders.none_text"));
  const stranger = niche("person", t("orders.sign_in"), t("orders.sign_in_text"),
    element("button", {class: "button primary", on: {click: openAccount}}, icon("person"), t("account.title")));
  const node = element("div", {class: "view"},
    element("header", {class: "top"}, element("button", {class: "round", test: "back", label: t("common.back"), on: {click: goBack}}, icon("back")), heading),
    element("main", {class: "content"}, bannerSlot(), count, waiting, none, stranger, list));

  function update() {
    const signedIn = session.state.shopper !== null;
    const lots = orders.list.length;
    show(stranger, !signedIn);
    show(waiting, signedIn && !orders.loaded && lots === 0);
    show(none, signedIn && orders.loaded && lots === 0);
    show(list, signedIn && lots > 0);
    show(count, signedIn && lots > 0);
    setText(count, signedIn && lots > 0 ? tn("orders.open", orders.list.filter((order) => order.may_collect).length) : "");
    keyed(list, signedIn ? orders.list : [], (order) => order.order, makeOrder, updateOrder);
  }

  orders.watch();
  return {node, heading, title: t("orders.title"), update, close: () => orders.unwatch()};
}
