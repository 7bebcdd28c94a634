// SPDX-License-Identifier: Apache-2.0
// My cart: the store, the code for the kiosk, the lines with their steppers, and what there is to pay.
import {cart} from "./cart.js";
import {pass} from "./pass.js";
import {session} from "./session.js";
import {element, icon, keyed, say, setIcon, setLabel, setText, show, tile} from "./dom.js";
import {money, moment, number, pick, t, tn} from "./words.js";
import {couponSection} from "./coupons.js";
import {bannerSlot, toast} from "./notices.js";
import {niche, skeleton, topBar} from "./parts.js";
import {qrDrawing} from "./qr.js";
import {stockNote, storeLine} from "./stock.js";
import {openStores} from "./sheets.js";
import {go} from "./routes.js";

function remove(line, row) {
  // The focus goes to the next line that stays, so that a keyboard or a screen reader keeps its place.
  const next = row.nextElementSibling ?? row.previousElementSibling;
  if (row.contains(document.activeElement)) (next?.querySelector("button") ?? document.querySelector("h1"))?.focus();
  const units = line.units;
  cart.remove(line);
  toast(t("cart.removed", {title: pick(line.title)}), () => {
    cart.add(line, units);
    say(tn("cart.now", units, {title: pick(line.title)}));
  });
}

function less(line, row) {
  if (line.units <= 1) {
    remove(line, row);
    return;
  }
  cart.decrease(line);
  say(tn("cart.now", line.units - 1, {title: pick(line.title)}));
}

function more(line) {
  if (cart.add(line)) say(tn("cart.now", line.units + 1, {title: pick(line.title)}));
  else toast(t("refused.quantity_max"));
}

// A promotion and what it takes off.
function makeSaving() {
  const row = element("li", {class: "saving", test: "saving"}, icon("offer"));
  row.parts = {title: element("span", {class: "grow"}), amount: element("span", {class: "amount"})};
  row.append(row.parts.title, row.parts.amount);
  return row;
}

function updateSaving(row, reduction, currency) {
  setText(row.parts.title, pick(reduction.title));
  setText(row.parts.amount, money({minor: -reduction.minor, currency}));
}

function makeLine() {
  const parts = {
    title: element("h3", {class: "line-title"}),
    price: element("span", {class: "quiet-text"}),
    note: element("p", {class: "line-note warn-text"}),
    total: element("span", {class: "line-total", test: "line-total"}),
    count: element("span", {class: "stepper-count", test: "units"}),
    lessIcon: icon("remove"),
  };
  const row = element("li", {class: "line", test: "line"});
  parts.less = element("button", {class: "stepper-end", test: "less", on: {click: () => less(row.line, row)}}, parts.lessIcon);
  parts.more = element("button", {class: "stepper-end", test: "more", on: {click: () => more(row.line)}}, icon("add"));
  parts.stepper = element("div", {class: "stepper", role: "group"}, parts.less, parts.count, parts.more);
  parts.picture = element("span", {class: "line-picture"});
  row.append(parts.picture, element("div", {class: "grow"}, parts.title, parts.note,
    element("div", {class: "line-foot"}, parts.stepper, element("p", {class: "line-sum"}, parts.price, parts.total))));
  row.parts = parts;
  return row;
}

function updateLine(row, line) {
  const {parts} = row;
  const title = pick(line.title);
  row.line = line;
  row.dataset.sku = line.sku;
  const look = `${line.pictogram} ${line.tile}`;
  if (row.dataset.look !== look) {
    row.dataset.look = look;
    parts.picture.replaceChildren(tile(line.pictogram, line.tile));
  }
  setText(parts.title, title);
  setText(parts.price, line.unit_price ? t("cart.units_price", {n: number(line.units), price: money(line.unit_price)})
    : tn("cart.items", line.units));
  const note = stockNote(line.on_hand, line.units);
  const warns = note !== null && note.colour === "warn-text";
  show(parts.note, warns);
  setText(parts.note, warns ? note.text : "");
  parts.total.classList.toggle("quiet-text", line.counted === false);
  setText(parts.total, line.total ? money(line.total) : t("cart.no_price"));
  setText(parts.count, number(line.units));
  setLabel(parts.stepper, t("cart.quantity", {title}));
  setLabel(parts.less, line.units <= 1 ? t("cart.remove", {title}) : t("cart.less", {title}));
  setIcon(parts.lessIcon, line.units <= 1 ? "bin" : "remove");
  setLabel(parts.more, t("cart.more", {title}));
}

// Where the cart is open, and who changed it last when that was not this phone.
function kioskNote(view) {
  const notes = [];
  if (view.open_at_kiosk) notes.push(t("kiosk.open", {kiosk: view.open_at_kiosk.device}));
  if (view.changed_by === view.open_at_kiosk?.device || /kiosk/.test(view.changed_by)) notes.push(t("kiosk.changed", {time: moment(view.changed_at)}));
  return notes;
}

function showCard() {
  const paper = element("span", {class: "show-paper"});
  const node = element("button", {class: "show-card", test: "show-at-kiosk", on: {click: () => go("code")}}, paper,
    element("span", {class: "grow"}, element("span", {class: "show-title"}, t("show.title")),
      element("span", {class: "show-text"}, t("show.text"))));
  let drawn = null;
  return {node, update() {
    if (drawn === pass.code && drawn !== null) return;
    drawn = pass.code;
    paper.replaceChildren(drawn === null || drawn.form === "reference" && !drawn.svg_path ? icon("code", "faint")
      : qrDrawing(drawn, null));
  }};
}

export function cartView() {
  const top = topBar();
  const heading = element("h1", {tabindex: "-1"}, t("cart.title"));
  const storeText = element("span", {});
  const store = element("button", {class: "store-line", test: "store", on: {click: openStores}}, icon("place"), storeText);
  const collect = element("button", {class: "store-line", test: "open-orders", on: {click: () => go("orders")}}, icon("bag"), t("orders.title"));
  const note = element("p", {class: "kiosk-note", test: "kiosk-note", role: "status"});
  const card = showCard();
  const lines = element("ul", {class: "lines", test: "lines"});
  const items = element("section", {class: "card lines-card", label: t("cart.lines")}, element("h2", {class: "unseen"}, t("cart.lines")), lines);
  const waiting = skeleton(3);
  const empty = niche("bag", t("cart.empty"), t("cart.empty_text"),
    element("button", {class: "button primary", test: "find", on: {click: () => go("find")}}, icon("search"), t("find.title")));
  const unreached = niche("warning", t("cart.unreached"), t("cart.unreached_text"),
    element("button", {class: "button primary", test: "retry", on: {click: () => cart.ask()}}, icon("refresh"), t("common.retry")));
  const units = element("span", {class: "quiet-text", test: "units-total"});
  const left = element("p", {class: "caption warn-text"});
  const savings = element("ul", {class: "savings", test: "savings"});
  const total = element("span", {class: "total", test: "total"});
  const dock = element("section", {class: "dock", label: t("cart.total")},
    element("div", {class: "spread"}, element("div", {}, element("h2", {}, t("cart.to_pay")), units), total), savings, left);
  const coupons = couponSection();
  const addMore = element("button", {class: "button tertiary", test: "add-more", on: {click: () => go("find")}}, icon("add"), t("cart.add_more"));

  let since = performance.now();
  const node = element("div", {class: "view"}, top.node,
    element("main", {class: "content"}, heading, store, collect, bannerSlot(), note, card.node, waiting, empty, unreached, items, coupons.node, addMore), dock);

  function update() {
    const view = cart.view;
    const lots = view.lines.length;
    const known = cart.loaded || lots > 0;
    const tried = !known && performance.now() - since > 4000;
    top.update();
    setText(storeText, session.state.store ? storeLine(session.state.store) : t("store.choose"));
    show(collect, session.state.shopper !== null);
    show(card.node, known && lots > 0);
    card.update();
    show(waiting, !known && !tried);
    show(unreached, tried);
    show(empty, known && lots === 0);
    show(items, lots > 0);
    show(addMore, lots > 0);
    show(coupons.node, lots > 0);
    coupons.update(view);
    show(dock, lots > 0);
    const notes = kioskNote(view);
    show(note, notes.length > 0);
    const noted = notes.join(" · ");
    if (note.dataset.noted !== noted) {
      note.dataset.noted = noted;
      note.replaceChildren(icon("kiosk"), noted);
    }
    keyed(lines, view.lines, (line) => line.key, makeLine, updateLine);
    if (view.totals && lots > 0) {
      setText(units, tn("cart.items", view.totals.units));
      setText(total, view.totals.currency ? money({minor: view.totals.to_pay, currency: view.totals.currency}) : "");
      const reductions = view.reductions ?? [];
      show(savings, reductions.length > 0);
      keyed(savings, reductions, (reduction) => reduction.promotion, makeSaving, (row, reduction) => updateSaving(row, reduction, view.totals.currency));
      show(left, view.totals.lines_left_out > 0);
      setText(left, view.totals.lines_left_out > 0 ? tn("cart.left_out", view.totals.lines_left_out) : "");
    }
  }
  return {node, heading, dock, title: t("cart.title"), update};
}
