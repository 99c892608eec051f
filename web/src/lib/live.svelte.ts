// What the server tells on its own: the case changed, a job went on, somebody decided something. Two tabs hear the same.

import { get, post, remove, Fault } from "./api.ts";
import type { CaseHead, JobView, Proposals, Session } from "./shapes.ts";

const WORK: Record<JobView["kind"], string> = {
  base: "Running the case",
  whatif: "Refining the what-if",
  scenarios: "Comparing the scenarios",
  sensitivity: "Finding what it hangs on",
  brief: "Composing the brief",
};

class Live {
  head = $state.raw<CaseHead | undefined>(undefined);
  fault = $state.raw<Fault | undefined>(undefined);
  jobs = $state.raw<JobView[]>([]);
  connected = $state(true);
  /** Changes with the case; whatever was asked of an older one is asked again. */
  revision = $state("");
  /** Counts what was computed of the case: the first runs, the rest of them, the scenarios. */
  computed = $state(0);
  /** How many proposals wait. */
  waiting = $state(0);
  /** Counts decisions made here or elsewhere. */
  decisions = $state(0);
  folder = "";
  /** What a screen reader is told. */
  said = $state("");
  #stream: EventSource | undefined;

  /** A file by its name within the case's folder. */
  short(file: string): string {
    return this.folder && file.startsWith(this.folder + "/") ? file.slice(this.folder.length + 1) : file;
  }

  begin() {
    void get<Session>("session").then(
      (session) => (this.folder = session.case_folder),
      () => {},
    );
    void this.look();
    void this.lookAtJobs();
    this.listen();
  }

  /** Looks at the whole case from another day; none is its own. */
  async takeDay(day: string | null) {
    await post("as-of", { date: day });
    await this.look();
  }

  async look() {
    try {
      const head = await get<CaseHead>("case");
      this.head = head;
      this.fault = undefined;
      if (this.revision !== head.revision) void this.count();
      this.revision = head.revision;
    } catch (error) {
      this.fault = Fault.of(error);
    }
  }

  async count() {
    try {
      this.waiting = (await get<Proposals>("proposals", { limit: 1 })).total;
    } catch {
      // the review says why
    }
  }

  async lookAtJobs() {
    try {
      this.jobs = (await get<{ jobs: JobView[] }>("jobs")).jobs;
    } catch {
      // the banner of the case says that the server is away
    }
  }

  listen() {
    this.#stream?.close();
    const stream = new EventSource("/api/stream");
    this.#stream = stream;
    stream.addEventListener("open", () => {
      if (!this.connected) {
        this.connected = true;
        void this.look();
        void this.lookAtJobs();
      }
    });
    stream.addEventListener("error", () => {
      this.connected = false;
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => this.listen(), 2000);
    });
    stream.addEventListener("case", () => void this.look());
    stream.addEventListener("base", () => {
      this.computed += 1;
      void this.count();
    });
    stream.addEventListener("missed", () => {
      void this.look();
      void this.lookAtJobs();
    });
    stream.addEventListener("decisions", () => {
      this.decisions += 1;
      void this.look();
    });
    stream.addEventListener("job", (event) => this.take(JSON.parse((event as MessageEvent<string>).data) as JobView));
  }

  private take(job: JobView) {
    const old = this.jobs.find((one) => one.id === job.id);
    this.jobs = old ? this.jobs.map((one) => (one.id === job.id ? { ...one, ...job } : one)) : [...this.jobs, job];
    if (job.state !== old?.state) this.say(`${this.words(job)}: ${job.state}`);
  }

  /** The newest job of a kind. */
  job(kind: string): JobView | undefined {
    return this.jobs.filter((job) => job.kind === kind).sort((one, other) => other.id - one.id)[0];
  }

  words(job: JobView): string {
    return WORK[job.kind] ?? job.kind;
  }

  async start(kind: JobView["kind"], options: Record<string, unknown> = {}): Promise<number> {
    const job = await post<JobView>("jobs", { kind, ...options });
    this.take(job);
    return job.id;
  }

  async cancel(id: number) {
    await remove(`jobs/${id}`);
  }

  say(words: string) {
    this.said = words;
  }

  /** Actors by their names and labels, those left out that two bear. */
  byLabel = $derived.by(() => {
    const found = new Map<string, string>();
    for (const actor of this.head?.actors ?? []) {
      for (const words of new Set([actor.name, actor.label])) found.set(words, found.has(words) ? "" : actor.id);
    }
    return found;
  });

  actorName(id: string): string {
    return this.head?.actors.find((actor) => actor.id === id)?.name ?? id;
  }
}

export const live = new Live();
