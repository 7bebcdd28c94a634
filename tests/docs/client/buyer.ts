// SPDX-License-Identifier: Apache-2.0
// On a phone: whoever ordered looks at their order, has the code that collects it, and says that they are here; and what any shopper asks.
import assert from "node:assert/strict";
import { done, given, guard, newHub, newId, refused } from "./doors.js";

export async function buyer(sku: string): Promise<void> {
  const header = guard;
  const hub = newHub();
  const order = given("VITRINE_ORDER");
  refused(await hub.GET("/api/v1/cart"), 401, "session_unknown");
  done(await hub.POST("/api/v1/session", { params: { header }, body: {} }));
  const shopper = done(await hub.GET("/api/v1/demonstration/shoppers"))[0];
  assert(shopper, "no shopper");
  assert.equal((await hub.POST("/api/v1/session/sign-in", { params: { header }, body: { customer: shopper.customer } })).response.status, 200);
  assert.equal(done(await hub.GET("/api/v1/session")).shopper?.customer, shopper.customer);
  const own = done(await hub.GET("/api/v1/orders")).orders;
  assert.deepEqual(own.map((one) => [one.order, one.may_collect, one.may_arrive]), [[order, true, true]]);
  const path = { order };
  assert.deepEqual(done(await hub.GET("/api/v1/orders/{order}", { params: { path } })), own[0]);
  const code = done(await hub.POST("/api/v1/orders/{order}/pass", { params: { path, header }, body: {} }));
  assert(code.expires_at > code.issued_at && code.text.startsWith("https://"));
  const here = done(await hub.POST("/api/v1/orders/{order}/arrive", { params: { path, header }, body: {} }));
  const again = done(await hub.POST("/api/v1/orders/{order}/arrive", { params: { path, header }, body: {} }));
  assert(here.arrived_at !== null && again.arrived_at === here.arrived_at, "they have arrived twice");
  refused(await hub.GET("/api/v1/orders/{order}", { params: { path: { order: "C-000000" } } }), 404, "order_unknown");
  await reserves(hub, sku);
  assert(done(await hub.GET("/api/v1/departments")).departments.every((one) => one.name.en));
  const found = done(await hub.GET("/api/v1/products", { params: { query: { query: "red", limit: 3 } } }));
  assert.equal(found.products.length, 3);
  refused(await hub.GET("/api/v1/pictures/{picture}", { params: { path: { picture: "0".repeat(64) } } }), 404, "picture_unknown");
  assert.equal((await hub.POST("/api/v1/session/sign-out", { params: { header }, body: {} })).response.status, 200);
  refused(await hub.GET("/api/v1/cart"), 401, "session_unknown");
}

async function reserves(hub: ReturnType<typeof newHub>, sku: string): Promise<void> {
  const header = guard;
  refused(await hub.POST("/api/v1/cart/reservation", { params: { header }, body: { request: newId() } }), 409, "cart_empty");
  done(await hub.POST("/api/v1/cart/store", { params: { header }, body: { store: given("VITRINE_STORE") } }));
  done(await hub.POST("/api/v1/cart/actions", { params: { header }, body: { request: newId(), action: "add", sku, units: 1 } }));
  const body = { request: newId() };
  const kept = done(await hub.POST("/api/v1/cart/reservation", { params: { header }, body }));
  assert.deepEqual(kept.lines, [{ sku, units: 1, state: "pending" }]);
  assert.deepEqual(done(await hub.POST("/api/v1/cart/reservation", { params: { header }, body })), kept, "the same request twice is not one");
  assert.deepEqual(done(await hub.GET("/api/v1/cart/reservation")), kept);
  assert.equal(done(await hub.POST("/api/v1/cart/reservation/release", { params: { header }, body: {} })).lines[0]?.state, "voided");
}
