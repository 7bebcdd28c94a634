// SPDX-License-Identifier: Apache-2.0
// Who is shopping, in which store, and what the shop is called.
import {changeSession, get, post} from "./hub.js";
import {cart} from "./cart.js";
import {keep, kept} from "./kept.js";
import {orders} from "./orders.js";
import {pass} from "./pass.js";

const sessionKey = "vitrine-session";
const unknown = {shopper: null, store: null, demonstration: false, brand: "", tagline: {}, languages: ["en", "de"]};

class Session extends EventTarget {
  state = kept(sessionKey, unknown);

  async load() {
    const {body} = await get("/api/v1/session");
    this.#take(body);
  }

  #take(body) {
    this.state = {...unknown, ...(body.session ?? body)};
    keep(sessionKey, this.state);
    this.dispatchEvent(new Event("change"));
  }

  async shoppers() {
    const {body} = await get("/api/v1/demonstration/shoppers");
    return body.shoppers ?? body;
  }

  async signIn(customer) {
    await cart.settled();
    await changeSession("/api/v1/session/sign-in", {customer});
    await this.#startAgain();
  }

  async signOut() {
    await cart.settled();
    await changeSession("/api/v1/session/sign-out");
    await this.#startAgain();
  }

  async #startAgain() {
    pass.forget();
    orders.forget();
    await this.load();
    await cart.forget();
  }

  async stores() {
    const {body} = await get("/api/v1/stores");
    return body.stores;
  }

  async chooseStore(store) {
    await post("/api/v1/cart/store", {store});
    await this.load();
    await cart.ask();
  }
}

export const session = new Session();
