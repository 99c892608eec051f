// What is being written into the case: a form that is open, the words it rests on, files that were dropped, and steps back and forth.

import { Fault, get, handIn, post } from "./api.ts";
import { live } from "./live.svelte.ts";
import { route } from "./route.svelte.ts";
import type { Decisions, UploadView, Written } from "./shapes.ts";

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Fields = Record<string, Json>;
export type Change =
  | { make: "entry"; kind: string; fields: Fields }
  | { make: "fields"; path: string; fields: Fields }
  | { make: "estimate"; path: string; said: Fields; instead?: number | null }
  | { make: "document"; upload: string; file: string }
  | { make: "text"; file: string; text: string; was: string }
  | { make: "judged"; name: string; actor: string; decided: string };

/** Words of a document that a change rests on. */
export interface Cited {
  quote: string;
  source: string;
  known: boolean;
  publisher?: string | null | undefined;
}

class Making {
  /** What fills the form when it opens. */
  first = $state.raw<Fields>({});
  cited = $state.raw<Cited | undefined>();
  uploads = $state.raw<UploadView[]>([]);
  /** What was written last, as long as it is shown. */
  done = $state.raw<{ words: string; files: string[] } | undefined>();
  fault = $state.raw<Fault | undefined>();
  busy = $state(false);
  decisions = $state.raw<Decisions | undefined>();

  get what(): string {
    return route.get("make");
  }

  /** Opens a form: a kind of entry, `estimate:PATH`, `change:PATH`, `proposal:ID`, `document`, `name`, `note`, or `choose`. */
  open(what: string, first: Fields = {}, cited: Cited | undefined = this.cited) {
    this.first = first;
    this.cited = cited;
    this.done = undefined;
    route.set({ make: what });
  }

  close() {
    this.first = {};
    this.cited = undefined;
    route.set({ make: null }, "replace");
  }

  async look() {
    try {
      this.decisions = await get<Decisions>("decisions");
    } catch {
      // the banner of the case says what is wrong
    }
  }

  wrote(words: string, files: string[]) {
    this.done = { words, files };
    live.say(`${words}. ${files.length ? `${files.join(", ")} written.` : ""}`);
    void live.look();
    void this.look();
  }

  async step(way: "undo" | "redo"): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = undefined;
    try {
      const back = await post<Written>(way);
      this.wrote(`${way === "undo" ? "Taken back" : "Put back"}: ${back.decisions.map((one) => one.title).join("; ")}`, back.files);
      return true;
    } catch (error) {
      this.fault = Fault.of(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Reads files that were dropped or chosen; the first opens as a form, the others follow it. */
  async take(files: Iterable<File>) {
    this.fault = undefined;
    const read: UploadView[] = [];
    for (const file of files) {
      try {
        live.say(`Reading ${file.name}`);
        read.push(await handIn<UploadView>("documents", file));
      } catch (error) {
        this.fault = Fault.of(error);
      }
    }
    if (!read.length) return;
    this.uploads = [...this.uploads, ...read];
    this.open("document", {}, undefined);
  }
}

export const making = new Making();

/** A day of the calendar, year first: the browser takes 31 April for 1 May. */
export const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text + "T00:00:00Z").toISOString().startsWith(text);

/** A number as somebody writes it: a comma parts thousands, as on the page, or else decimals. */
export function numberOf(text: string): number | undefined {
  const said = text.trim().replace("−", "-");
  const plain = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(said) ? said.replaceAll(",", "") : said.replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
}

export const isOpen = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && !Array.isArray(value) && value !== null && Object.values(value).every(isOpen));

/** What a field of text shows; a list or a table is not text. */
export const asText = (value: Json | undefined): string => (typeof value === "object" ? "" : String(value ?? ""));

/** One source is written as such, and not as a list of one. */
export function tidy(fields: Fields): Fields {
  const source = fields["source"];
  return Array.isArray(source) && source.length === 1 ? { ...fields, source: source[0] ?? "" } : fields;
}
