/** What the page knows of the study: loaded once, kept current by the server's events, filled on demand. */
import type { Client } from "../server/client";
import { type EventStream, type EventHandlers, listen } from "../server/events";
import type { ImageShape, Job, Result, ResultSummary, Run, Source, Parameters, Study } from "../server/types";
import { type Predictions, readPredictions } from "./predictions";
import { isActive } from "./results";

export interface Observations {
  labels: Uint16Array;
  ids: Int32Array;
  /** [observation, channel, row, col] */
  images: Uint8Array;
  shape: ImageShape;
}

export interface KeptResult {
  result: Result;
  /** [observation * 2 + dim] */
  layout: Float32Array;
}

/** A job with what was seen of it while it ran. */
export interface JobTrace {
  job: Job;
  layout: Float32Array | null;
  energy: { iteration: number; energy: number }[];
}

export interface LibraryState {
  status: "loading" | "ready" | "failed";
  error: string | null;
  connected: boolean;
  study: Study | null;
  observations: Observations | null;
  summaries: ResultSummary[];
  jobs: JobTrace[];
  notices: { id: number; text: string }[];
}

export class Library {
  private state: LibraryState = {
    status: "loading",
    error: null,
    connected: true,
    study: null,
    observations: null,
    summaries: [],
    jobs: [],
    notices: [],
  };
  private readonly listeners = new Set<() => void>();
  private readonly results = new Map<string, KeptResult | "loading" | "failed">();
  private readonly predictionsOf = new Map<string, Predictions | "loading" | "failed">();
  private readonly fetching = new Set<string>();
  private stream: EventStream | null = null;
  private lastNotice = 0;
  private everLost = false;

  constructor(
    private readonly client: Client,
    private readonly connect: (handlers: EventHandlers) => EventStream = listen,
  ) {}

  get = (): LibraryState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async start(): Promise<void> {
    this.stream ??= this.connect({
      connected: () => this.reconnected(),
      lost: () => {
        this.everLost = true;
        this.set({ connected: false });
      },
      job: (job) => this.onJob(job),
      run: (run) => this.onRun(run),
      progress: (progress) =>
        this.changeRun(progress.run, (run) => ({ ...run, progress: { ...progress } })),
    });
    try {
      await Promise.all([this.refresh(), this.loadObservations()]);
      this.set({ status: "ready", error: null });
    } catch (error) {
      this.set({ status: "failed", error: sentence(error) });
    }
  }

  retry = (): void => {
    this.stream?.retry();
    if (this.state.status === "failed") {
      this.set({ status: "loading", error: null });
      void this.start();
    }
  };

  notify(error: unknown): void {
    const notice = { id: ++this.lastNotice, text: sentence(error) };
    this.set({ notices: [...this.state.notices.filter(({ text }) => text !== notice.text), notice] });
  }

  dismiss = (id: number): void => this.set({ notices: this.state.notices.filter((notice) => notice.id !== id) });

  /** A kept result with its layout; undefined until it is here. */
  result(digest: string): KeptResult | undefined {
    const found = this.results.get(digest);
    if (found === undefined) {
      this.results.set(digest, "loading");
      queueMicrotask(() => void this.loadResult(digest));
    }
    return typeof found === "object" ? found : undefined;
  }

  /** One snapshot's predictions; undefined until they are here. */
  predictions(run: string, epoch: number): Predictions | undefined {
    const key = `${run}/${epoch}`;
    const found = this.predictionsOf.get(key);
    const { observations, study } = this.state;
    if (found === undefined && observations !== null && study !== null) {
      this.predictionsOf.set(key, "loading");
      queueMicrotask(() => void this.loadPredictions(run, epoch, observations.labels));
    }
    return typeof found === "object" ? found : undefined;
  }

  async project(source: Source, method: string, parameters: Parameters): Promise<void> {
    await this.attempt(async () => this.onJob(await this.client.project(source, method, parameters)));
  }

  pause = (id: string): Promise<void> => this.attempt(async () => this.onJob(await this.client.pause(id)));
  resume = (id: string): Promise<void> => this.attempt(async () => this.onJob(await this.client.resume(id)));
  cancel = (id: string): Promise<void> => this.attempt(() => this.client.cancel(id));

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notify(error);
    }
  }

  private async refresh(): Promise<void> {
    const [study, summaries] = await Promise.all([this.client.study(), this.client.projections()]);
    const known = new Map(this.state.jobs.map((trace) => [trace.job.id, trace]));
    const jobs = study.tasks.map((job) => ({ energy: [], layout: null, ...known.get(job.id), job }));
    this.set({ study, summaries, jobs });
    jobs.filter(({ job }) => isActive(job)).forEach(({ job }) => void this.loadJobLayout(job.id));
  }

  private async loadObservations(): Promise<void> {
    const [labels, ids, images] = await Promise.all([
      this.client.labels(),
      this.client.ids(),
      this.client.images(),
    ]);
    const [, channels, rows, cols] = images.shape;
    this.set({
      observations: {
        labels: Uint16Array.from(labels.values),
        ids: Int32Array.from(ids.values),
        images: Uint8Array.from(images.values),
        shape: { channels, rows, cols },
      },
    });
  }

  private reconnected(): void {
    this.set({ connected: true });
    if (this.everLost && this.state.status === "ready") {
      this.everLost = false;
      void this.attempt(() => this.refresh());
    } else if (this.state.status === "failed") {
      this.retry();
    }
  }

  private onRun(run: Run): void {
    const { study } = this.state;
    if (study !== null) {
      const others = study.runs.some(({ name }) => name === run.name);
      const runs = others ? study.runs.map((old) => (old.name === run.name ? run : old)) : [...study.runs, run];
      this.set({ study: { ...study, runs } });
    }
  }

  private changeRun(name: string, change: (run: Run) => Run): void {
    const run = this.state.study?.runs.find((candidate) => candidate.name === name);
    if (run !== undefined) {
      this.onRun(change(run));
    }
  }

  private onJob(job: Job): void {
    const old = this.state.jobs.find((trace) => trace.job.id === job.id);
    if (old !== undefined && isOlder(job, old.job)) {
      return;
    }
    const energy = [...(old?.energy ?? [])];
    if (job.energy !== null && (energy[energy.length - 1]?.iteration ?? -1) < job.iteration) {
      energy.push({ iteration: job.iteration, energy: job.energy });
    }
    const trace: JobTrace = { job, layout: old?.layout ?? null, energy };
    const jobs = old ? this.state.jobs.map((other) => (other === old ? trace : other)) : [...this.state.jobs, trace];
    this.set({ jobs });
    if (job.state === "done") {
      void this.attempt(() => this.keep(job.digest));
    } else if (isActive(job)) {
      void this.loadJobLayout(job.id);
    }
  }

  /** Takes a finished job's result into the list, layout first, so that the picture never blinks. */
  private async keep(digest: string): Promise<void> {
    await this.loadResult(digest);
    const kept = this.results.get(digest);
    if (typeof kept === "object" && !this.state.summaries.some((summary) => summary.digest === digest)) {
      this.set({ summaries: [...this.state.summaries, kept.result] });
    }
  }

  private async loadResult(digest: string): Promise<void> {
    try {
      const [result, layout] = await Promise.all([
        this.client.result(digest),
        this.client.resultColumn(digest, "layout"),
      ]);
      this.results.set(digest, { result, layout: layout.values });
      this.set({});
    } catch (error) {
      this.results.set(digest, "failed");
      this.notify(error);
    }
  }

  private async loadPredictions(run: string, epoch: number, labels: Uint16Array): Promise<void> {
    const key = `${run}/${epoch}`;
    try {
      const { values, shape } = await this.client.predictions(run, epoch);
      this.predictionsOf.set(key, readPredictions(values, shape[1], labels));
      this.set({});
    } catch (error) {
      this.predictionsOf.set(key, "failed");
      this.notify(error);
    }
  }

  /** One request at a time per job: a slow page shows fewer frames, never old ones. */
  private async loadJobLayout(id: string): Promise<void> {
    if (this.fetching.has(id)) {
      return;
    }
    this.fetching.add(id);
    try {
      const column = await this.client.jobLayout(id);
      if (column !== null && column.shape[1] === 2) {
        const jobs = this.state.jobs.map((trace) =>
          trace.job.id === id ? { ...trace, layout: column.values } : trace,
        );
        this.set({ jobs });
      }
    } catch {
      // The moving picture is a courtesy; the job's own events tell of failures.
    } finally {
      this.fetching.delete(id);
    }
  }

  private set(part: Partial<LibraryState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) {
      listener();
    }
  }
}

/** How far a job has come; answers to requests and events may arrive in another order than they were sent. */
const STEP: Record<Job["state"], number> = { queued: 0, running: 1, paused: 1, done: 2, failed: 2, cancelled: 2 };

const isOlder = (news: Job, known: Job): boolean =>
  news.revision < known.revision || STEP[news.state] < STEP[known.state];

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
