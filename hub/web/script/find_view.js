// SPDX-License-Identifier: Apache-2.0
// Find products: by typing, or by department. Results come while typing; each can be added at once.
import {Refused, Unreachable, get, withQuery} from "./hub.js";
import {cart} from "./cart.js";
import {session} from "./session.js";
import {element, icon, keyed, pictogramOf, say, setLabel, setText, show, tile} from "./dom.js";
import {money, number, pick, t, tn} from "./words.js";
import {bannerSlot, toast} from "./notices.js";
import {niche, skeleton} from "./parts.js";
import {stockNote} from "./stock.js";
import {go, goBack} from "./routes.js";

const pause_ms = 200;    // in typing, before the hub is asked
const page_products = 20;

// Kept while the page lives, so that going to the cart and back shows the same results.
const asked = {query: "", department: null};
let departments = null;

function addProduct(product) {
  const added = cart.add({sku: product.sku, title: product.title, pictogram: product.pictogram, tile: product.tile,
    unit_price: product.price, on_hand: product.on_hand});
  if (added) say(tn("cart.now", cart.unitsOf(product.sku), {title: pick(product.title)}));
  else toast(t("refused.quantity_max"));
}

function makeResult() {
  const parts = {
    title: element("h3", {class: "line-title"}),
    price: element("span", {class: "result-price"}),
    note: element("span", {class: "line-note"}),
    count: element("span", {class: "count-badge", test: "in-cart"}),
    picture: element("span", {class: "line-picture"}),
  };
  const row = element("li", {class: "line result", test: "result"});
  parts.add = element("button", {class: "add", test: "add", on: {click: () => addProduct(row.product)}},
    icon("add"), element("span", {}, t("find.add")), parts.count);
  row.append(parts.picture, element("div", {class: "grow"}, parts.title,
    element("div", {class: "result-foot"}, element("p", {class: "result-facts"}, parts.price, parts.note), parts.add)));
  row.parts = parts;
  return row;
}

function updateResult(row, product) {
  const {parts} = row;
  const title = pick(product.title);
  if (row.product === undefined) parts.picture.append(tile(product.pictogram, product.tile));
  row.product = product;
  row.dataset.sku = product.sku;
  setText(parts.title, title);
  setText(parts.price, product.price ? money(product.price) : t("cart.no_price"));
  const note = stockNote(product.on_hand);
  show(parts.note, note !== null);
  if (note !== null) {
    setText(parts.note, note.text);
    parts.note.className = `line-note ${note.colour}`;
  }
  const units = cart.unitsOf(product.sku);
  show(parts.count, units > 0);
  setText(parts.count, number(units));
  setLabel(parts.add, units > 0 ? tn("find.add_more", units, {title}) : t("find.add_one", {title}));
}

export function findView() {
  let products = [];
  let next = null;
  let state = "loading";  // loading, shown, failed
  let wanted = null;      // AbortController of the search under way
  let timer = 0;

  const field = element("input", {type: "search", id: "search-field", test: "search-field", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "search", maxlength: "100", placeholder: t("find.placeholder"),
    on: {input: () => { asked.query = field.value; show(clear, field.value !== ""); soon(pause_ms); }}});
  field.value = asked.query;
  const clear = element("button", {class: "target", test: "clear", label: t("find.clear"), on: {click: () => {
    asked.query = field.value = "";
    show(clear, false);
    field.focus();
    search(false);
  }}}, icon("close"));
  show(clear, asked.query !== "");
  const form = element("form", {class: "search", role: "search", on: {submit: (event) => { event.preventDefault(); field.blur(); soon(0); }}},
    element("label", {class: "unseen", for: "search-field"}, t("find.label")), icon("search"), field, clear);
  const chips = element("div", {class: "chips", role: "group", label: t("find.departments")});
  const results = element("ul", {class: "lines", test: "results"});
  const more = element("button", {class: "button tertiary", test: "more-results", on: {click: () => search(true)}}, t("find.more"));
  const found = element("section", {class: "card lines-card", label: t("find.results")}, element("h2", {class: "unseen"}, t("find.results")), results);
  const waiting = skeleton(5);
  const place = element("div", {});
  const dockText = element("span", {});
  const dockTotal = element("span", {class: "amount"});
  const dock = element("div", {class: "dock slim"}, element("button", {class: "button primary spread", test: "open-cart", on: {click: () => go("cart")}},
    element("span", {class: "row"}, icon("bag"), dockText), dockTotal));
  const heading = element("h1", {tabindex: "-1"}, t("find.title"));
  const node = element("div", {class: "view"},
    element("header", {class: "top"}, element("button", {class: "round", test: "back", label: t("common.back"), on: {click: goBack}}, icon("back")),
      heading),
    element("main", {class: "content"}, form, chips, bannerSlot(), waiting, place, found, more), dock);

  function soon(ms) {
    clearTimeout(timer);
    timer = setTimeout(() => search(false), ms);
  }

  async function search(onwards) {
    wanted?.abort();
    const mine = new AbortController();
    wanted = mine;
    const slow = setTimeout(() => { if (!onwards) { state = "loading"; update(); } }, 300);  // no flicker for a quick answer
    try {
      const {body} = await get(withQuery("/api/v1/products", {query: asked.query.trim(), department: asked.department,
        after: onwards ? next : null, limit: page_products}), {signal: mine.signal});
      products = onwards ? [...products, ...body.products] : body.products;
      next = body.next;
      state = "shown";
      say(products.length === 0 ? t("find.nothing") : tn("find.found", products.length));
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
      state = "failed";
    } finally {
      clearTimeout(slow);
    }
    update();
  }

  async function loadDepartments() {
    if (departments === null) {
      try {
        departments = (await get("/api/v1/departments")).body.departments;
      } catch {
        return;  // the search works without them, and they are asked for again when the view is opened again
      }
    }
    drawChips();
  }

  function chip(id, name, pictogram) {
    return element("button", {class: "chip", test: "department", "aria-pressed": String(asked.department === id), on: {click: () => {
      asked.department = id;
      drawChips(id);
      search(false);
    }}}, pictogram && element("span", {"aria-hidden": "true"}, pictogramOf(pictogram)), name);
  }

  function drawChips(focused) {
    const made = [[null, t("find.all"), null], ...(departments ?? []).map(({id, name, pictogram}) => [id, pick(name), pictogram])];
    const along = chips.scrollLeft;
    const buttons = made.map(([id, name, pictogram]) => chip(id, name, pictogram));
    chips.replaceChildren(...buttons);
    chips.scrollLeft = along;
    if (focused !== undefined) buttons[made.findIndex(([id]) => id === focused)]?.focus();
  }

  let stateDrawn = null;
  function update() {
    const bare = state === "failed" || (state === "shown" && products.length === 0);
    show(waiting, state === "loading");
    show(found, state === "shown" && products.length > 0);
    show(more, state === "shown" && Boolean(next));
    show(place, bare);
    const drawn = `${state} ${bare} ${asked.query}`;
    if (stateDrawn !== drawn && bare) {
      place.replaceChildren(state === "failed"
        ? niche("warning", t("find.failed"), t("find.failed_text"), element("button", {class: "button primary", test: "retry",
          on: {click: () => search(false)}}, icon("refresh"), t("common.retry")))
        : niche("nothing", asked.query.trim() === "" ? t("find.nothing") : t("find.nothing_for", {query: asked.query.trim()}),
          t("find.nothing_text"), asked.department === null ? null : element("button", {class: "button primary", test: "everywhere",
            on: {click: () => { asked.department = null; drawChips(); search(false); }}}, t("find.everywhere"))));
    }
    stateDrawn = drawn;
    keyed(results, products, (product) => product.sku, makeResult, updateResult);
    const {lines, totals} = cart.view;
    show(dock, lines.length > 0);
    if (lines.length > 0) {
      setText(dockText, tn("find.cart", totals.units));
      setText(dockTotal, totals.currency ? money({minor: totals.to_pay, currency: totals.currency}) : "");
    }
  }

  drawChips();
  loadDepartments();
  search(false);
  const storeChanged = () => search(false);  // other prices, other stock
  let store = session.state.store?.store;
  return {node, heading, focus: asked.query === "" ? field : heading, dock, title: t("find.title"), update() {
    if (store !== session.state.store?.store) {
      store = session.state.store?.store;
      storeChanged();
    }
    update();
  }, close() {
    clearTimeout(timer);
    wanted?.abort();
  }};
}
