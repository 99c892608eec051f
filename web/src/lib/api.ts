// The server's API with its types. Faults are problem+json and keep the words of the command line.

import type { Finding, Problem } from "./shapes.ts";

export class Fault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  get diagnostics(): Finding[] {
    return this.problem.diagnostics ?? [];
  }

  static of(error: unknown): Fault {
    if (error instanceof Fault) return error;
    return new Fault({
      type: "about:blank",
      title: "The server does not answer",
      status: 0,
      detail: error instanceof Error ? error.message : String(error),
      hint: "look whether shatterbelt serve still runs; this page goes on by itself once it does",
    });
  }
}

type Query = Record<string, string | number | boolean | string[] | null | undefined>;

function address(path: string, query?: Query): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") words.append(name, String(one));
    }
  }
  const tail = words.toString();
  return "/api/" + path + (tail ? "?" + tail : "");
}

/** A part of a path, escaped. */
export const at = encodeURIComponent;

let csrf = "";

async function fault(answer: Response): Promise<Fault> {
  const plain = {
    type: "about:blank",
    title: answer.statusText || "Refused",
    status: answer.status,
    detail: `the server answered ${answer.status}`,
  };
  if (!(answer.headers.get("content-type") ?? "").includes("json")) return new Fault(plain);
  return new Fault({ ...plain, ...((await answer.json()) as Partial<Problem>) });
}

async function ask(method: string, url: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") {
    if (!csrf) csrf = (await get<{ csrf: string }>("session")).csrf;
    headers["x-shatterbelt-csrf"] = csrf;
    if (body !== undefined) headers["content-type"] = body instanceof Blob ? "application/octet-stream" : "application/json";
  }
  const request: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) request.body = body instanceof Blob ? body : JSON.stringify(body);
  if (signal) request.signal = signal;
  const answer = await fetch(url, request);
  if (!answer.ok) {
    // a server that was started anew has another value
    if (answer.status === 403) csrf = "";
    throw await fault(answer);
  }
  return answer;
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await ask("GET", address(path, query), undefined, signal)).json() as Promise<T>;
}

export async function text(url: string, signal?: AbortSignal): Promise<string> {
  return (await ask("GET", url, undefined, signal)).text();
}

export async function post<T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
  const answer = await ask("POST", address(path), body, signal);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Hands a file in as it is. */
export async function handIn<T>(path: string, file: File): Promise<T> {
  return (await ask("POST", address(path, { name: file.name }), file)).json() as Promise<T>;
}

export async function remove(path: string): Promise<void> {
  await ask("DELETE", address(path), undefined);
}
