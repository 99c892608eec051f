// Games of this browser: what was decided in each, and the weeks one may go back to. The server keeps nothing of them.

import type { Decided } from "./shapes.ts";

export interface Kept {
  decided: Decided[];
  weeks: string[];
}

const empty: Kept = { decided: [], weeks: [] };

class Games {
  #here = new Map<string, Kept>();
  #moves = $state(0);

  /** A game by its name; an empty one if it was never begun. */
  of(name: string): Kept {
    void this.#moves;
    const here = this.#here.get(name);
    if (here) return here;
    try {
      return { ...empty, ...(JSON.parse(localStorage.getItem(name) ?? "{}") as Partial<Kept>) };
    } catch {
      return empty;
    }
  }

  keep(name: string, kept: Kept) {
    this.#here.set(name, kept);
    this.#moves += 1;
    try {
      if (kept.decided.length || kept.weeks.length) localStorage.setItem(name, JSON.stringify(kept));
      else localStorage.removeItem(name);
    } catch {
      // a browser that keeps nothing: the game holds until the page is left
    }
  }
}

export const games = new Games();
