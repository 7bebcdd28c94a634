// SPDX-License-Identifier: Apache-2.0
// Calls to the hub (docs/RETAILER_APP.md), and what is known about the connection to it.

const patience_ms = 10_000;

// The hub judged the call and said no. `code` is stable ("cart_full"); it is worded where it is shown.
export class Refused extends Error {
  constructor(status, code, problem = {}) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.problem = problem;  // what it tells beside the code
  }
}

// Nothing was heard: no signal, no answer in time, or the hub is not well. The call may or may not have had its effect.
export class Unreachable extends Error {}

// 128 random bits in hex: names a request, so that sending it again changes nothing more.
export function requestId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// "change": heard or not heard any more; "opened": this browser has a new session, of nobody yet.
export const connection = Object.assign(new EventTarget(), {
  up: true,        // as the last call found it
  since: 0,        // performance.now() of the last change
  clockOffset_ms: 0,  // hub's clock − this one's, from the last answer that told
});

function heard(up) {
  if (connection.up === up) return;
  connection.up = up;
  connection.since = performance.now();
  connection.dispatchEvent(new Event("change"));
}

addEventListener("offline", () => heard(false));

function noteClock(answer) {
  const date = Date.parse(answer.headers.get("Date") ?? "");
  // The header has whole seconds: smaller differences say nothing.
  if (!Number.isNaN(date)) connection.clockOffset_ms = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
}

export function hubNow() {
  return Date.now() + connection.clockOffset_ms;
}

async function once(method, path, {body, etag, signal} = {}) {
  const headers = {};
  if (method === "POST") {
    headers["Content-Type"] = "application/json";
    headers["X-Vitrine"] = "1";  // a page of another origin cannot send it
  }
  if (etag) headers["If-None-Match"] = etag;
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), patience_ms);
  const unwanted = () => stop.abort();
  signal?.addEventListener("abort", unwanted);
  let answer;
  let content = null;
  try {
    answer = await fetch(path, {
      method, headers, cache: "no-store", credentials: "same-origin",
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
      signal: stop.signal,
    });
    const text = answer.status === 304 ? "" : await answer.text();
    if (text !== "") content = JSON.parse(text);
  } catch (error) {
    if (signal?.aborted) throw error;  // no longer wanted: that says nothing about the connection
    heard(false);
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(late);
    signal?.removeEventListener("abort", unwanted);
  }
  noteClock(answer);
  if (answer.status === 429) throw new Unreachable("asked too often");
  if (answer.status >= 500) {
    heard(false);
    throw new Unreachable(`${answer.status} ${content?.code ?? ""}`);
  }
  heard(true);
  if (!answer.ok && answer.status !== 304) throw new Refused(answer.status, content?.code ?? "unknown", content ?? {});
  return {status: answer.status, etag: answer.headers.get("ETag"), body: content};
}

let opening = null;        // a session on its way
let changing = null;       // a call under way that changes whose session it is
const underWay = new Set();

// A session is opened when the hub says that there is none, and the call made once more.
async function withSession(method, path, options) {
  try {
    return await once(method, path, options);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
    opening ??= once("POST", "/api/v1/session").finally(() => { opening = null; });
    await opening;
    connection.dispatchEvent(new Event("opened"));
    return once(method, path, options);
  }
}

async function call(method, path, options) {
  while (changing !== null) await changing;
  const answer = withSession(method, path, options);
  underWay.add(answer);
  try {
    return await answer;
  } finally {
    underWay.delete(answer);
  }
}

// Signing in or out gives the browser another session. It is done with no other call under way: one with the session before
// would be told that there is none, and would open a third.
export async function changeSession(path, body) {
  while (changing !== null) await changing;
  let done;
  changing = new Promise((resolve) => { done = resolve; });
  try {
    await Promise.allSettled([...underWay]);
    return await withSession("POST", path, {body});
  } finally {
    changing = null;
    done();
  }
}

export function get(path, options) {
  return call("GET", path, options);
}

export function post(path, body) {
  return call("POST", path, {body});
}

// "/api/v1/products?query=clock&limit=20" of the values that are there.
export function withQuery(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
