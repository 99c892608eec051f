// The sources of the case, for fields that cite one.

import { get } from "./api.ts";
import { live } from "./live.svelte.ts";
import type { FormView } from "./shapes.ts";

class Sources {
  all = $state.raw<{ id: string; name: string }[]>([]);
  #of = "";

  async look() {
    if (this.#of === live.revision && this.all.length) return;
    this.#of = live.revision;
    try {
      const form = await get<FormView>("forms/event");
      this.all = form.fields.find((field) => field.name === "source")?.known ?? [];
    } catch {
      // the form says what is wrong
    }
  }
}

export const sources = new Sources();
