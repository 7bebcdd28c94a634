// SPDX-License-Identifier: Apache-2.0
// The signed code that opens the cart at a kiosk. A new one is asked for when the cart has changed and every ten minutes
// while the hub can be heard; without it the last one is good for the two hours that it was issued for.
import {Refused, Unreachable, connection, hubNow, post} from "./hub.js";
import {cart} from "./cart.js";
import {drop, keep, kept} from "./kept.js";

const settle_ms = 400;   // the cart is left alone this long before a code is made of it
const retry_ms = 5000;
const passKey = "vitrine-pass";

class Pass extends EventTarget {
  code = kept(passKey, {code: null}).code;     // as the hub answered it
  trouble = false;                             // there is none, and the last try failed
  #version = kept(passKey, {of: ""}).of;       // the cart that the code carries
  #timer = 0;
  #asking = false;

  start() {
    cart.addEventListener("change", () => this.#look());
    connection.addEventListener("change", () => this.#look());
    document.addEventListener("visibilitychange", () => this.#look());
  }

  get #wanted() {
    const base = cart.base;
    return cart.loaded && base.cart !== null && base.lines.length > 0 ? `${base.cart} ${base.version}` : "";
  }

  get expired() {
    return this.code !== null && hubNow() >= this.code.expires_at;
  }

  // How much of the time until the next code is left, 0 to 1.
  get freshness() {
    const {issued_at: from, renew_at: to} = this.code;
    return Math.min(1, Math.max(0, (to - hubNow()) / (to - from)));
  }

  #look() {
    clearTimeout(this.#timer);
    if (this.#wanted === "") {
      if (cart.loaded && this.code !== null) this.forget();
      return;
    }
    // A code is made of what the hub holds: what is still on its way comes first.
    if (document.hidden || cart.pending.length > 0) return;
    const due = this.#wanted !== this.#version ? settle_ms : this.code.renew_at - hubNow();
    this.#timer = setTimeout(() => this.renew(), Math.max(0, due));
  }

  async renew() {
    clearTimeout(this.#timer);
    if (this.#asking) return;
    this.#asking = true;
    const wanted = this.#wanted;
    let failed = false;
    try {
      const {body} = await post("/api/v1/cart/pass");
      if (wanted === this.#wanted) {
        this.code = body;
        this.#version = wanted;
        keep(passKey, {code: body, of: wanted});
      }
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
      failed = true;
    } finally {
      this.#asking = false;
    }
    this.trouble = failed && this.code === null;
    this.dispatchEvent(new Event("change"));
    if (failed) this.#timer = setTimeout(() => this.#look(), retry_ms);
    else this.#look();
  }

  forget() {
    clearTimeout(this.#timer);
    this.code = null;
    this.trouble = false;
    this.#version = "";
    drop(passKey);
    this.dispatchEvent(new Event("change"));
  }
}

export const pass = new Pass();
