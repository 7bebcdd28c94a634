// SPDX-License-Identifier: Apache-2.0
// Keeps the page's files on the phone, so that it opens in a shop without a signal. The hub's files come first, always; what
// was kept is used when the hub cannot be heard. Carts and codes are not kept here (script/kept.js), and no call is touched.

const store = "vitrine-page";
const patience_ms = 3000;
const quiet_ms = 15_000;  // after a failure, the kept files are taken at once for this long

const files = [
  "/",
  "/web/fonts/inter-400.woff2",
  "/web/fonts/inter-600.woff2",
  "/web/fonts/inter-display-600.woff2",
  "/web/icons.svg",
  "/web/mark.svg",
  "/web/pictograms.json",
  "/web/script/cart.js",
  "/web/script/cart_view.js",
  "/web/script/code_view.js",
  "/web/script/coupons.js",
  "/web/script/dom.js",
  "/web/script/find_view.js",
  "/web/script/from_kiosk_view.js",
  "/web/script/hub.js",
  "/web/script/kept.js",
  "/web/script/link_view.js",
  "/web/script/main.js",
  "/web/script/notices.js",
  "/web/script/orders.js",
  "/web/script/orders_view.js",
  "/web/script/parts.js",
  "/web/script/pass.js",
  "/web/script/qr.js",
  "/web/script/replay.js",
  "/web/script/routes.js",
  "/web/script/session.js",
  "/web/script/sheets.js",
  "/web/script/stock.js",
  "/web/script/words.js",
  "/web/style/parts.css",
  "/web/style/tokens.css",
  "/web/style/views.css",
  "/web/text/de.json",
  "/web/text/en.json",
];
let quietUntil = 0;

async function fromHub(request) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), patience_ms);
  try {
    const answer = await fetch(request, {cache: "no-cache", signal: stop.signal});
    if (answer.ok) (await caches.open(store)).put(request, answer.clone());
    return answer;
  } finally {
    clearTimeout(late);
  }
}

async function answerFor(request) {
  const had = await caches.match(request);
  if (had !== undefined && Date.now() < quietUntil) return had;
  try {
    const answer = await fromHub(request);
    return answer.ok || had === undefined ? answer : had;
  } catch (error) {
    quietUntil = Date.now() + quiet_ms;
    if (had === undefined) throw error;
    return had;
  }
}

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(store);
    await kept.addAll(files.map((file) => new Request(file, {cache: "no-cache"})));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const {request} = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  // The page has two addresses, "/" and "/k"; it is one file.
  if (address.pathname === "/" || address.pathname === "/k") event.respondWith(answerFor(new Request("/")));
  else if (files.includes(address.pathname)) event.respondWith(answerFor(new Request(address.pathname)));
});
