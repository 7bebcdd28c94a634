// SPDX-License-Identifier: Apache-2.0
// The cart as the person sees it: what the hub last said (the base), and over it the actions that the hub has not answered
// yet. Pure functions on plain objects; the rules that decide are the hub's.

export const unitsMax = 999;  // on one line, as in sync/rules/cart.hpp
const namedMax = 400;         // ids in one action that the hub takes

// An action is {request, action: "add" | "decrease" | "remove" | "remove_coupon", sku, line, units, shown, product, coupon}. `shown` are the dots that
// the screen showed, `product` what an added line shows until the hub's own line comes.

function copyLine(line) {
  return {...line, shown: [...line.shown]};
}

function priced(line) {
  if (line.unit_price) line.total = {minor: line.unit_price.minor * line.units, currency: line.unit_price.currency};
  return line;
}

// One action over the lines, in the way in which the hub is expected to take it.
function apply(lines, action) {
  const place = lines.findIndex((line) => line.key === action.line);
  if (action.action === "add") {
    const dot = `${action.request}.0`;
    if (place >= 0) {
      const line = lines[place];
      line.units = Math.min(unitsMax, line.units + action.units);
      line.shown.push(dot);
      line.waiting = true;
      priced(line);
    } else {
      const {title, pictogram, tile, unit_price: price, on_hand: onHand} = action.product;
      lines.push(priced({key: action.line, sku: action.sku, title, pictogram, tile, units: action.units, shown: [dot],
        unit_price: price ?? null, total: null, on_hand: onHand ?? null,
        counted: Boolean(price) && (onHand ?? 1) > 0, waiting: true}));
    }
    return;
  }
  if (place < 0 || action.action === "remove_coupon") return;
  const line = lines[place];
  const left = action.action === "remove" ? 0 : line.units - action.units;
  if (left <= 0) {
    lines.splice(place, 1);
  } else {
    line.units = left;
    line.waiting = true;
    priced(line);
  }
}

// The cart's lines and totals with the waiting actions over them. Totals are recomputed only where something waits: else the
// hub's own stand. A line without a price, or sold out in the chosen store, is not counted (sync/pricing). What promotions take
// off is the hub's word alone: it comes back with its answer.
export function replay(base, pending) {
  if (pending.length === 0) return base;
  const lines = base.lines.map(copyLine);
  for (const action of pending) apply(lines, action);
  const counted = lines.filter((line) => line.counted);
  const sum = counted.reduce((total, line) => total + line.total.minor, 0);
  const currency = base.totals?.currency ?? counted[0]?.total.currency ?? null;
  const gone = new Set(pending.filter((action) => action.action === "remove_coupon").map((action) => action.coupon));
  // What the others take off is not known until the hub has answered.
  const coupons = (base.coupons ?? []).filter((each) => !gone.has(each.code));
  return {...base, lines, coupons, reductions: [], totals: {currency, units: counted.reduce((total, line) => total + line.units, 0),
    lines_left_out: lines.length - counted.length, subtotal: sum, to_pay: sum}};
}

// The dots to name when an action is sent: those of the line's dots that the screen showed when the person acted, as far as the
// hub has them. The screen shows a waiting addition under the id that it will have. Never what somebody else added unseen.
export function dotsToName(base, action) {
  const line = base.lines.find((each) => each.key === action.line);
  if (line === undefined) return [];
  const shown = new Set(action.shown);
  return line.shown.filter((dot) => shown.has(dot)).slice(0, namedMax);
}

// Compares cart versions [era, number].
export function newer(one, other) {
  return one[0] !== other[0] ? one[0] > other[0] : one[1] > other[1];
}
