// SPDX-License-Identifier: Apache-2.0
// A shopper fills a cart on the phone, opens it at the kiosk and goes on there; staff sign in at the counter and hand an order over. It
// compiles only as long as the documents say what is used here.
import assert from "node:assert/strict";
import { buyer } from "./buyer.js";
import { counter, done, given, guard, kiosk, newHub, newId, refused } from "./doors.js";
import type { components } from "./edge.js";
import { elsewhere } from "./round.js";

async function fillOnPhone(sku: string): Promise<{ cart: string; pass: string }> {
  const header = guard;
  const hub = newHub();
  done(await hub.POST("/api/v1/session", { params: { header }, body: {} }));
  assert.equal(done(await hub.GET("/api/v1/session")).shopper, null);
  assert(done(await hub.GET("/api/v1/stores")).stores.some((one) => one.store === given("VITRINE_STORE")));
  assert.equal(done(await hub.GET("/api/v1/products/{product}", { params: { path: { product: sku } } })).sku, sku);
  done(await hub.POST("/api/v1/cart/store", { params: { header }, body: { store: given("VITRINE_STORE") } }));
  const body = { request: newId(), action: "add", sku, units: 2 } as const;
  const once = done(await hub.POST("/api/v1/cart/actions", { params: { header }, body }));
  const twice = done(await hub.POST("/api/v1/cart/actions", { params: { header }, body }));
  assert.deepEqual(twice.lines.map((line) => [line.sku, line.units]), [[sku, 2]]);
  assert.equal(twice.cart, once.cart);
  const unknown = { ...body, request: newId(), sku: "no-such-thing" };
  refused(await hub.POST("/api/v1/cart/actions", { params: { header }, body: unknown }), 422, "product_unknown");
  const coupon = { request: newId(), action: "add_coupon", coupon: "nobody-knows" } as const;
  refused(await hub.POST("/api/v1/cart/actions", { params: { header }, body: coupon }), 422, "coupon_unknown");
  const cart = done(await hub.GET("/api/v1/cart"));
  assert.equal(cart.totals.units, 2);
  assert.deepEqual(cart.coupons, []);
  assert(cart.cart);
  assert.deepEqual(done(await hub.GET("/api/v1/orders")).orders, []);
  return { cart: cart.cart, pass: done(await hub.POST("/api/v1/cart/pass", { params: { header }, body: {} })).text };
}

/** The first of what a shopper finds that lies here and costs something. */
async function find(): Promise<string> {
  const found = done(await kiosk.GET("/v1/products", { params: { query: { query: "red", limit: 50, facets: true } } }));
  assert(found.facets && found.total >= found.products.length, "no facets");
  const product = found.products.find((one) => one.price && one.price.minor > 0 && one.stock && one.stock.on_hand > 20);
  assert(product, "nothing red is here");
  const page = done(await kiosk.GET("/v1/products/{code}", { params: { path: { code: product.sku } } }));
  assert.deepEqual([page.sku, page.price?.minor], [product.sku, product.price?.minor]);
  const [gtin] = page.gtins;
  assert(gtin, "no GTIN");
  assert.equal(done(await kiosk.GET("/v1/codes", { params: { query: { text: gtin } } })).sku, product.sku);
  const wrong = gtin.slice(0, -1) + ((Number(gtin.slice(-1)) + 1) % 10);
  refused(await kiosk.GET("/v1/codes", { params: { query: { text: wrong } } }), 422, "code_check_digit");
  refused(await kiosk.GET("/v1/products/{code}", { params: { path: { code: "no-such-thing" } } }), 404, "product_unknown");
  return product.sku;
}

type Cart = components["schemas"]["Cart"];
const units = (cart: Cart, sku: string): number => cart.lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.units, 0);

async function goOnAtKiosk(sku: string, phone: { cart: string; pass: string }): Promise<string> {
  const device = "kiosk-1";
  const opened = done(await kiosk.POST("/v1/passes/open", { body: { request: newId(), device, text: phone.pass } }));
  assert.deepEqual([opened.cart, units(opened, sku)], [phone.cart, 2]);
  const path = { id: opened.cart };
  const add = { request: newId(), device, action: "add", sku, units: 3, seen: opened.tag } as const;
  const once = done(await kiosk.POST("/v1/carts/{id}/actions", { params: { path }, body: add }));
  const twice = done(await kiosk.POST("/v1/carts/{id}/actions", { params: { path }, body: add }));
  assert.deepEqual([units(once, sku), units(twice, sku), twice.tag], [5, 5, once.tag], "the same request twice is not one");
  const late = { ...add, request: newId() };
  refused(await kiosk.POST("/v1/carts/{id}/actions", { params: { path }, body: late }), 412, "changed_meanwhile");
  const unknown = { request: newId(), device, action: "add", sku: "no-such-thing" } as const;
  refused(await kiosk.POST("/v1/carts/{id}/actions", { params: { path }, body: unknown }), 404, "product_unknown");
  const absurd = { request: newId(), device, action: "add", sku, units: -1 } as const;
  refused(await kiosk.POST("/v1/carts/{id}/actions", { params: { path }, body: absurd }), 400, "invalid_request");
  refused(await kiosk.GET("/v1/carts/{id}", { params: { path: { id: newId() } } }), 404, "cart_unknown");
  const now = done(await kiosk.GET("/v1/carts/{id}", { params: { path } }));
  assert.deepEqual([units(now, sku), now.totals.units], [5, 5]);
  assert.equal(now.totals.to_pay, now.lines.reduce((sum, line) => sum + line.to_pay, 0));
  const ticket = done(await kiosk.POST("/v1/tickets", { body: { request: newId(), device, cart: opened.cart } }));
  assert.deepEqual([ticket.state, ticket.sale.totals.to_pay], ["open", now.totals.to_pay]);
  const { code } = ticket;
  assert.equal(done(await kiosk.GET("/v1/tickets/{name}", { params: { path: { name: code } } })).ticket, ticket.ticket);
  const cancel = { request: newId(), device, action: "cancel" } as const;
  assert.equal(done(await kiosk.POST("/v1/tickets/{name}/actions", { params: { path: { name: code } }, body: cancel })).state, "cancelled");
  return opened.cart;
}

/** The counter's client as whoever is signed in from then on. */
async function signIn(): Promise<void> {
  const device = "counter-1";
  const staff = given("VITRINE_STAFF");
  refused(await kiosk.GET("/v1/orders"), 403, "device_refused");
  refused(await counter.GET("/v1/orders"), 401, "sign_in_needed");
  assert(done(await counter.GET("/v1/staff")).staff.some((one) => one.staff === staff));
  const pin = given("VITRINE_PIN");
  const wrong = pin === "000000" ? "000001" : "000000";
  const problem = refused(await counter.POST("/v1/staff/sessions", { body: { request: newId(), device, staff, pin: wrong } }), 401, "wrong_pin");
  assert.equal(problem.tries_left, 4);
  const session = done(await counter.POST("/v1/staff/sessions", { body: { request: newId(), device, staff, pin } }));
  assert.equal(session.staff.staff, staff);
  assert(session.permissions.includes("orders"));
  counter.use({ onRequest: ({ request }) => request.headers.set("Authorization", `Bearer ${session.session}`) });
  assert.equal(done(await counter.GET("/v1/staff/session")).locked, false);
}

async function collect(): Promise<void> {
  const order = given("VITRINE_ORDER");
  const digits = { request: newId(), device: "kiosk-1", code: given("VITRINE_CODE") };
  refused(await kiosk.POST("/v1/pickups/open", { body: { ...digits, code: digits.code === "000000" ? "000001" : "000000" } }), 404, "code_unknown");
  const half = done(await kiosk.POST("/v1/pickups/open", { body: digits }));
  assert.deepEqual([half.needs, half.order], ["phone", null]);
  const whole = done(await kiosk.POST("/v1/pickups/open", { body: { ...digits, request: newId(), phone_last2: given("VITRINE_PHONE") } }));
  assert.deepEqual([whole.needs, whole.order, whole.status], [null, order, "arrived"]);
  const queue = done(await counter.GET("/v1/orders", { params: { query: { limit: 5 } } }));
  assert.deepEqual([queue.orders.map((one) => one.order), queue.more], [[order], false]);
  const path = { id: order };
  const lines = done(await counter.GET("/v1/orders/{id}", { params: { path } })).lines.map((line) => ({ line: line.line, units: line.ready }));
  const give = { request: newId(), device: "counter-1", action: "hand_over", lines, proof: "code" } as const;
  assert.equal(done(await counter.POST("/v1/orders/{id}/actions", { params: { path }, body: give })).status, "collected");
  assert.equal(done(await counter.POST("/v1/orders/{id}/actions", { params: { path }, body: give })).status, "collected", "the same request twice is not one");
  refused(await counter.POST("/v1/orders/{id}/actions", { params: { path }, body: { ...give, request: newId() } }), 409, "order_over");
}

assert.equal(done(await kiosk.GET("/v1/health")).status, "ok");
assert.equal(done(await kiosk.GET("/v1/store")).store, given("VITRINE_STORE"));
const sku = await find();
const cart = await goOnAtKiosk(sku, await fillOnPhone(sku));
await buyer(sku);
await signIn();
await collect();
await elsewhere(sku, cart);
