// SPDX-License-Identifier: Apache-2.0
// The APIs as the story calls them: one client for each way in, with the types that openapi-typescript makes of the documents.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import createClient from "openapi-fetch";
import type { paths as Edge } from "./edge.js";
import type { paths as Hub } from "./hub.js";
import { throughSocket, withCookie } from "./lines.js";

export function given(name: string): string {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

export const newId = (): string => randomBytes(16).toString("hex");
const sockets = given("VITRINE_SOCKETS");
const at = (socket: string) => createClient<Edge>({ baseUrl: "http://localhost", fetch: throughSocket(`${sockets}/${socket}.sock`) });
export const kiosk = at("api");
export const counter = at("counter-1");
export const till = at("till-1");
export const operator = at("operator");
/** A phone with a session of its own. */
export const newHub = () => createClient<Hub>({ baseUrl: given("VITRINE_HUB"), fetch: withCookie() });
export const guard = { "X-Vitrine": "1" } as const;

/** What was answered, if it was not a problem. */
export function done<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  assert(answer.data !== undefined, `${answer.response.status} ${JSON.stringify(answer.error)}`);
  return answer.data;
}

type Problem = { type: string; title: string; status: number; code: string };

/** The problem, which has this status and code. */
export function refused<P extends Problem>(answer: { error?: P; response: Response }, status: number, code: string): P {
  const problem = answer.error;
  assert(problem, `answered, though it should be refused with ${code}`);
  assert.deepEqual([answer.response.status, problem.status, problem.code], [status, status, code]);
  assert.match(answer.response.headers.get("content-type") ?? "", /^application\/problem\+json/);
  return problem;
}
