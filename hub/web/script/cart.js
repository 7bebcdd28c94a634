// SPDX-License-Identifier: Apache-2.0
// The shopper's cart: asks the hub for it while the page is seen, sends what the person does one action after the other, and
// shows each action at once. Actions not answered yet survive a reload and are sent again under the same request id.
import {Refused, Unreachable, get, post, requestId} from "./hub.js";
import {drop, keep, kept} from "./kept.js";
import {dotsToName, newer, replay, unitsMax} from "./replay.js";

const poll_ms = 2000;
const pollAfterError_ms = [2000, 4000, 8000, 15_000];
const pendingKey = "vitrine-pending";
const cartKey = "vitrine-cart";
const settle_ms = 5000;

const nothing = {cart: null, version: [0, 0], lines: [], coupons: [], totals: null, store: null, changed_at: 0, changed_by: "",
  open_at_kiosk: null};

class Cart extends EventTarget {
  base = kept(cartKey, nothing);
  pending = kept(pendingKey, []);
  loaded = this.base !== nothing;  // the hub has answered once, now or before a reload
  refusal = null;   // code of the last action that the hub refused
  #etag = null;
  #sending = false;
  #asking = false;
  #actions = 0;     // counts answers to actions: a question asked before one is out of date
  #errors = 0;
  #timer = 0;

  get view() {
    return replay(this.base, this.pending);
  }

  unitsOf(sku) {
    return this.view.lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.units, 0);
  }

  // ── what the person does ──

  // `product`: {sku, title, pictogram, tile, unit_price, on_hand}. Answers false when the line is full.
  add(product, units = 1) {
    if (this.unitsOf(product.sku) + units > unitsMax) return false;
    this.#act({action: "add", line: product.sku, sku: product.sku, units, shown: [], product});
    return true;
  }

  decrease(line, units = 1) {
    this.#act({action: "decrease", line: line.key, sku: line.sku, units, shown: line.shown});
  }

  remove(line) {
    this.#act({action: "remove", line: line.key, sku: line.sku, units: line.units, shown: line.shown});
  }

  removeCoupon(coupon) {
    this.#act({action: "remove_coupon", line: `coupon ${coupon.code}`, sku: "", units: 1, shown: [], coupon: coupon.code});
  }

  // Waits for the hub, which alone knows whether the code is any good. Throws Refused with the reason, or Unreachable.
  async addCoupon(typed) {
    await this.settled();
    this.#actions += 1;  // a question that was asked before is out of date
    const answer = await post("/api/v1/cart/actions", {request: requestId(), action: "add_coupon", coupon: typed});
    this.#actions += 1;
    this.#take(answer.body, answer.etag);
    this.#changed();
  }

  #act(action) {
    this.refusal = null;
    // Taps that follow each other quickly travel as one action, unless the first is under way already.
    const last = this.pending[this.pending.length - 1];
    if (last && !last.sent && last.action === action.action && last.line === action.line && action.action !== "remove") {
      last.units += action.units;
      last.shown = [...new Set([...last.shown, ...action.shown])];
    } else {
      this.pending.push({...action, request: requestId()});
    }
    this.#keep();
    this.#changed();
    this.#send();
  }

  #keep() {
    if (this.pending.length === 0) drop(pendingKey);
    else keep(pendingKey, this.pending);
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.pending.length > 0 && this.loaded) {
        const action = this.pending[0];
        if (!action.sent) {
          // Frozen from here on: a request id stands for one body only.
          if (action.action === "decrease" || action.action === "remove") action.named = dotsToName(this.base, action);
          action.sent = true;
          this.#keep();
        }
        await this.#sendOne(action);
      }
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.#errors += 1;
    } finally {
      this.#sending = false;
      this.#schedule();
    }
  }

  async #sendOne(action) {
    const body = {request: action.request, action: action.action, units: action.units};
    if (action.action === "add") body.sku = action.sku;
    else if (action.action === "remove_coupon") body.coupon = action.coupon;
    else Object.assign(body, {line: action.line, shown: action.named});
    try {
      if (action.named === undefined || action.named.length > 0) {
        const answer = await post("/api/v1/cart/actions", body);
        this.#take(answer.body, answer.etag);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusal = error.code;
    }
    this.#actions += 1;
    this.#errors = 0;
    this.pending.shift();
    this.#keep();
    this.#changed();
  }

  // ── what the hub says ──

  #take(cart, etag) {
    if (cart.cart !== null && cart.cart === this.base.cart && newer(this.base.version, cart.version)) return;
    this.base = cart;
    keep(cartKey, cart);
    // An answer without its own ETag: the next question asks for the cart in full.
    this.#etag = etag ?? null;
    this.loaded = true;
  }

  async ask() {
    clearTimeout(this.#timer);
    if (this.#asking || this.#sending) return;
    this.#asking = true;
    const actions = this.#actions;
    try {
      const answer = await get("/api/v1/cart", {etag: this.#etag});
      this.#errors = 0;
      // An action was sent meanwhile: this answer may be from before or after it.
      if (answer.status !== 304 && actions === this.#actions && !this.#sending) {
        this.#take(answer.body, answer.etag);
        this.#changed();
      }
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
      this.#errors += 1;
      if (!this.loaded) this.#changed();
    } finally {
      this.#asking = false;
    }
    if (this.pending.length > 0 && this.#errors === 0) this.#send();
    else this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    const wait = this.#errors === 0 ? poll_ms : pollAfterError_ms[Math.min(this.#errors, pollAfterError_ms.length) - 1];
    // Waiting actions are sent by ask() once the hub has answered it.
    this.#timer = setTimeout(() => this.ask(), wait);
  }

  // Another shopper, or none: nothing of the one before stays.
  forget() {
    this.base = nothing;
    this.pending = [];
    this.loaded = false;
    this.refusal = null;
    this.#etag = null;
    this.#actions += 1;
    drop(cartKey);
    this.#keep();
    this.#changed();
    return this.ask();
  }

  // Waits until the hub has everything that was done here. Throws when that takes too long.
  async settled() {
    const until = performance.now() + settle_ms;
    while (this.pending.length > 0) {
      if (performance.now() > until) throw new Unreachable("changes wait to be sent");
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }

  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(this.#timer) : this.ask()));
    addEventListener("online", () => this.ask());
    return this.ask();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

export const cart = new Cart();
