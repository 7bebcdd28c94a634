// SPDX-License-Identifier: Apache-2.0
// How the story reaches both APIs: fetch over a store's Unix sockets, and over HTTPS with a cookie. Each answer goes out as a line of
// JSON, which generated_client_test.py holds against the document.
import { request } from "node:http";

type Fetch = (input: Request) => Promise<Response>;

async function told(api: "edge" | "hub", asked: Request, answer: Response): Promise<Response> {
  const { pathname, search } = new URL(asked.url);
  const text = await answer.clone().text();
  const said = { api, method: asked.method, path: pathname + search, status: answer.status, type: answer.headers.get("content-type") ?? "", text };
  process.stdout.write(JSON.stringify(said) + "\n");
  return answer;
}

/** What comes through this socket is the device that it belongs to. */
export function throughSocket(socketPath: string): Fetch {
  return async (input) => {
    const { pathname, search } = new URL(input.url);
    const body = Buffer.from(await input.clone().arrayBuffer());
    const answer = await new Promise<Response>((resolve, reject) => {
      const headers = { ...Object.fromEntries(input.headers), "content-length": body.length };
      const line = request({ socketPath, method: input.method, path: pathname + search, headers }, (message) => {
        const parts: Buffer[] = [];
        message.on("data", (part: Buffer) => parts.push(part));
        message.on("error", reject);
        message.on("end", () => {
          const type = message.headers["content-type"];
          resolve(new Response(Buffer.concat(parts), { status: message.statusCode ?? 0, headers: type ? { "content-type": type } : {} }));
        });
      });
      line.on("error", reject);
      line.end(body);
    });
    return told("edge", input, answer);
  };
}

/** A browser's way with the one cookie that a session is. */
export function withCookie(): Fetch {
  let cookie = "";
  return async (input) => {
    const asked = input.clone();
    const headers = new Headers(input.headers);
    if (cookie) headers.set("cookie", cookie);
    const answer = await fetch(new Request(input, { headers }));
    cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return told("hub", asked, answer);
  };
}
