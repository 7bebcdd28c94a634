// SPDX-License-Identifier: Apache-2.0
// What else kiosks, counters, tills and operators ask, each once: so that every operation of the document is answered somewhere.
import assert from "node:assert/strict";
import { counter, done, given, kiosk, newId, operator, refused, till } from "./doors.js";
import type { components } from "./edge.js";

async function kioskAsks(sku: string, cart: string): Promise<void> {
  const device = "kiosk-1";
  const path = { id: cart };
  done(await kiosk.POST("/v1/searches", { body: { request: newId(), device, found: true } }));
  const scans = { pass: 1, product: 0, other: 0 };
  const errors = { edge_lost: 0, no_answer: 0, printer: 0 };
  done(await kiosk.POST("/v1/devices/figures",
    { body: { request: newId(), device, start: newId(), frames: 9, frames_shown: 9, memory_bytes: 1, scans, errors } }));
  assert(done(await kiosk.POST("/v1/carts/{id}/keep", { params: { path }, body: { request: newId(), device } })).qr);
  assert.equal(done(await kiosk.GET("/v1/carts/{id}/reservations", { params: { path } })).cart, cart);
  const hold = { request: newId(), device, store: "no-such-store", sku, units: 1 };
  refused(await kiosk.POST("/v1/carts/{id}/holds", { params: { path }, body: hold }), 404, "store_unknown");
  refused(await kiosk.GET("/v1/pictures/{picture}", { params: { path: { picture: "0".repeat(64) } } }), 404, "picture_absent");
}

async function helpIsAsked(): Promise<void> {
  const asked = done(await kiosk.POST("/v1/requests", { body: { request: newId(), device: "kiosk-1", language: "en", about: "finding" } }));
  const path = { id: asked.id };
  assert(done(await counter.GET("/v1/requests")).requests.some((one) => one.id === asked.id));
  const come = { request: newId(), device: "counter-1", action: "take", minutes: 2 } as const;
  assert.equal(done(await counter.POST("/v1/requests/{id}/actions", { params: { path }, body: come })).state, "taken");
  assert.equal(done(await kiosk.GET("/v1/requests/{id}", { params: { path } })).taken?.who, given("VITRINE_STAFF"));
}

async function counterAsks(sku: string): Promise<void> {
  const device = "counter-1";
  const query = { range: "today" } as const;
  done(await counter.GET("/v1/alerts/kinds"));
  const alerts: components["schemas"]["AlertAction"]["alerts"] = [{ kind: "stock_odd", subject: sku }];
  const shown = done(await counter.POST("/v1/alerts/actions", { body: { request: newId(), device, action: "show", alerts } }));
  assert.deepEqual(shown.alerts, done(await counter.GET("/v1/alerts")).alerts);
  done(await counter.GET("/v1/picking"));
  const before = done(await counter.GET("/v1/stock/{code}", { params: { path: { code: sku } } }));
  const delivered = { request: newId(), device, action: "receive", units: 6, reference: "delivery/1" } as const;
  const after = done(await counter.POST("/v1/stock/{sku}/actions", { params: { path: { sku } }, body: delivered }));
  assert.equal(after.on_hand, before.on_hand + 6);
  done(await counter.GET("/v1/discrepancies"));
  done(await counter.GET("/v1/cases"));
  assert.equal(done(await counter.GET("/v1/status")).health.store, given("VITRINE_STORE"));
  assert.equal(done(await counter.GET("/v1/measures", { params: { query } })).by, "hour");
  assert.match(done(await counter.GET("/v1/measures.csv", { params: { query }, parseAs: "text" })), /\n/);
  const body = { request: newId(), device, action: "unlock" } as const;
  const unlock = (number: string) => counter.POST("/v1/staff/{number}/actions", { params: { path: { number } }, body });
  refused(await unlock(given("VITRINE_STAFF")), 403, "own_lock");
  done(await unlock(given("VITRINE_COLLEAGUE")));
  refused(await counter.GET("/v1/customers/{look_up}", { params: { path: { look_up: newId() } } }), 410, "look_up_over");
  refused(await counter.GET("/v1/purchases/{name}", { params: { path: { name: "222222222222" } } }), 404, "purchase_unknown");
  refused(await counter.GET("/v1/returns/{id}", { params: { path: { id: newId() } } }), 404, "return_unknown");
  const drill = { request: newId(), device } as const;
  assert.equal(done(await counter.POST("/v1/drill/actions", { body: { ...drill, action: "start", minutes: 5 } })).reason, "drill");
  done(await counter.POST("/v1/drill/actions", { body: { ...drill, request: newId(), action: "end" } }));
}

async function operatorsAsk(): Promise<void> {
  const audit = done(await operator.GET("/v1/audit"));
  assert(audit.entries.some((one) => one.action === "staff.sign_in" && one.outcome === "done"));
  assert.match(done(await operator.GET("/metrics", { parseAs: "text" })), /^# TYPE vitrine_edge_/m);
  assert.equal(done(await operator.POST("/v1/link", { body: { enabled: true } })).enabled, true);
  refused(await till.GET("/v1/tickets/{name}", { params: { path: { name: "222222" } } }), 404, "ticket_unknown");
}

/** `sku` and `cart`: of the story. Ends the counter's session. */
export async function elsewhere(sku: string, cart: string): Promise<void> {
  await kioskAsks(sku, cart);
  await helpIsAsked();
  await counterAsks(sku);
  await operatorsAsk();
  done(await counter.POST("/v1/staff/session/actions", { body: { request: newId(), device: "counter-1", action: "end" } }));
  refused(await counter.GET("/v1/orders"), 401, "session_over");
}
