// SPDX-License-Identifier: Apache-2.0
// The shopper's orders as the hub says them, the codes that collect them, and "I am here". Kept on the phone, so that a code is
// there without a signal too.
import {Refused, Unreachable, get, post} from "./hub.js";
import {drop, keep, kept} from "./kept.js";

const listKey = "vitrine-orders";
const codesKey = "vitrine-pickup-codes";
const poll_ms = 3000;
const pollAfterError_ms = 10_000;
const renew_ms = 600_000;  // as a cart's: one that was made before a hand-over collects nothing more

class Orders extends EventTarget {
  list = kept(listKey, []);
  loaded = false;
  refusal = {};     // order → code of why the last tap had no effect
  #codes = kept(codesKey, {});
  #etag = null;
  #timer = 0;
  #watched = false;
  #asking = false;

  // While a view shows them they are asked for again and again.
  watch() {
    this.#watched = true;
    return this.ask();
  }

  unwatch() {
    this.#watched = false;
    clearTimeout(this.#timer);
  }

  async ask() {
    clearTimeout(this.#timer);
    if (this.#asking) return;
    this.#asking = true;
    let wait = poll_ms;
    try {
      const answer = await get("/api/v1/orders", {etag: this.#etag});
      if (answer.status !== 304) {
        this.list = answer.body.orders;
        this.#etag = answer.etag;
        keep(listKey, this.list);
      }
      this.loaded = true;
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
      wait = pollAfterError_ms;
    } finally {
      this.#asking = false;
    }
    this.#changed();
    if (this.#watched && !document.hidden) this.#timer = setTimeout(() => this.ask(), wait);
  }

  // The code as it is here: good for an order that may still be collected.
  code(order) {
    const code = this.#codes[order.order];
    return order.may_collect && code && code.expires_at > Date.now() ? code : null;
  }

  // A fresh code. Without a signal the one before stays.
  async makeCode(order) {
    const code = this.code(order);
    if (code && Date.now() - code.issued_at < renew_ms && code.state === order.state) return;
    await this.#attempt(order, async () => {
      const {body} = await post(`/api/v1/orders/${order.order}/pass`);
      this.#codes[order.order] = {...body, state: order.state};
      keep(codesKey, this.#codes);
    });
  }

  async arrive(order) {
    await this.#attempt(order, async () => {
      const {body} = await post(`/api/v1/orders/${order.order}/arrive`);
      this.list = this.list.map((each) => (each.order === body.order ? body : each));
      this.#etag = null;
    });
  }

  async cancel(order) {
    await this.#attempt(order, async () => {
      const {body} = await post(`/api/v1/orders/${order.order}/cancel`);
      this.list = this.list.map((each) => (each.order === body.order ? body : each));
      this.#etag = null;
    });
  }

  async #attempt(order, work) {
    delete this.refusal[order.order];
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
      this.refusal[order.order] = error instanceof Refused ? error.code : "unreached";
    }
    this.#changed();
  }

  // Another shopper, or none.
  forget() {
    this.list = [];
    this.loaded = false;
    this.refusal = {};
    this.#codes = {};
    this.#etag = null;
    drop(listKey);
    drop(codesKey);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

export const orders = new Orders();

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && orders.loaded) orders.ask();
});
