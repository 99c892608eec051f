// Keys that do something in one view, and those that do so everywhere.

import { theme } from "./theme.svelte.ts";

export interface Key {
  key: string;
  words: string;
  does: () => void;
}

const stack: Key[][] = [];

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

let before = "";
let when = 0;

export function press(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.composedPath()[0] ?? event.target))
    return;
  if (!theme.letters && event.key.length === 1) return;
  if (document.querySelector("dialog[open]")) return;
  const two = performance.now() - when < 1200 ? `${before} ${event.key}` : "";
  before = event.key;
  when = performance.now();
  for (const name of two ? [two, event.key] : [event.key]) {
    for (const keys of [...stack].reverse()) {
      const key = keys.find((one) => one.key === name);
      if (!key) continue;
      event.preventDefault();
      before = "";
      key.does();
      return;
    }
  }
}

/** Puts keys into force until the function it gives back is called. */
export function bind(keys: Key[]): () => void {
  stack.push(keys);
  return () => {
    const place = stack.indexOf(keys);
    if (place >= 0) stack.splice(place, 1);
  };
}

/** Every key in force, those of the view first. */
export function inForce(): Key[] {
  return [...stack].reverse().flat();
}
