// A server that gives the answers a test wrote down, and remembers what it was asked.

import { vi } from "vitest";

export interface Asked {
  method: string;
  address: string;
  headers: Record<string, string>;
  body: unknown;
}

type Said = { status?: number; body: unknown };

/** Answers by path below /api/, without the query; what is not written down is not found. */
export function serve(answers: Record<string, (asked: Asked) => Said>): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal("fetch", (address: string, request: RequestInit = {}) => {
    const body: unknown = typeof request.body === "string" ? JSON.parse(request.body) : request.body;
    const asked = { method: request.method ?? "GET", address, headers: (request.headers ?? {}) as Record<string, string>, body };
    all.push(asked);
    const path = new URL(address, location.href).pathname.replace("/api/", "");
    const said = answers[path]?.(asked) ?? { status: 404, body: { title: "Not found", status: 404, detail: path } };
    return Promise.resolve(
      said.status === 204
        ? new Response(null, { status: 204 })
        : new Response(JSON.stringify(said.body), { status: said.status ?? 200, headers: { "content-type": "application/json" } }),
    );
  });
  return all;
}
