// What a view asks of the server, as state: nothing yet, an answer, a fault. The last answer stays while a new one is on its way.

import { Fault } from "./api.ts";
import { live } from "./live.svelte.ts";

export class Answer<T> {
  value = $state.raw<T | undefined>(undefined);
  fault = $state.raw<Fault | undefined>(undefined);
  waiting = $state(true);
  #again = $state(0);

  constructor(ask: (signal: AbortSignal) => Promise<T> | undefined) {
    $effect(() => {
      void this.#again;
      void live.revision;
      const stop = new AbortController();
      const asked = ask(stop.signal);
      if (!asked) {
        this.value = undefined;
        this.fault = undefined;
        this.waiting = false;
        return;
      }
      this.waiting = true;
      asked.then(
        (value) => {
          if (stop.signal.aborted) return;
          this.value = value;
          this.fault = undefined;
          this.waiting = false;
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          this.fault = Fault.of(error);
          this.waiting = false;
        },
      );
      return () => stop.abort();
    });
  }

  again() {
    this.#again += 1;
  }
}

/** Asks now and whenever something it reads changes, or the case does. To be called while a component is made. */
export function asking<T>(ask: (signal: AbortSignal) => Promise<T> | undefined): Answer<T> {
  return new Answer(ask);
}
