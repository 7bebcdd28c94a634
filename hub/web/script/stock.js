// SPDX-License-Identifier: Apache-2.0
// What is said about the number of units in the chosen store: a figure of the hub or nothing, never a guess.
import {number, t} from "./words.js";
import {session} from "./session.js";

// {text, colour} or null. `wanted`: units in the cart, so that too few there is said.
export function stockNote(onHand, wanted = 0) {
  if (onHand === null || onHand === undefined || session.state.store === null) return null;
  if (onHand <= 0) return {text: t("stock.none", {store: session.state.store.name}), colour: "warn-text"};
  if (wanted > onHand) return {text: t("stock.only", {n: number(onHand)}), colour: "warn-text"};
  return {text: t("stock.here", {n: number(onHand)}), colour: "ok-text"};
}

// "open until 18:00", as far as it is known; "" when it is not.
export function hours(store) {
  if (store.open_now === true && store.closes_at) return t("hours.until", {time: store.closes_at});
  if (store.open_now === false) return store.opens_at ? t("hours.opens", {time: store.opens_at}) : t("hours.closed");
  return "";
}

// "Harbour Street, open until 18:00".
export function storeLine(store) {
  const known = hours(store);
  return known === "" ? store.name : t("store.line", {store: store.name, hours: known});
}
