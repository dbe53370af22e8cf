/** What the page knows of the study: loaded once, kept current by the server's events, filled on demand. */
import { type Client, sentence, ServerError } from "../server/client";
import { type EventStream, type EventHandlers, listen } from "../server/events";
import type { Column } from "../server/columns";
import type { Job, Result, ResultSummary, Run, SequenceSource, Source, Parameters, Statistic, Study, Task, TaskKind, TaskRequest, TaskResult, TaskSummary, TrainRequest } from "../server/types";
import { canBeWrong } from "./brought";
import { type EnergyPoint, fromHistory, grown } from "./energy";
import { type Passage, passages } from "./fields";
import { Blocks } from "./blocks";
import { Pictures } from "./pictures";
import { type Predictions, readPredictions } from "./predictions";
import { isActive } from "./results";

export interface Observations {
  count: number;
  /** All zero where the data have no labels. */
  labels: Uint16Array;
  ids: Int32Array;
  /** What the data say of each observation where that is a number; NaN where it is missing. */
  values: Float32Array | null;
  /** null for vectors and texts */
  pictures: Pictures | null;
  /** null where the data are no texts */
  texts: Blocks<readonly string[]> | null;
}

export type Dims = 2 | 3;

export interface KeptResult {
  result: Result;
  /** [observation * dims + dim] */
  layout: Float32Array;
  dims: Dims;
}

/** A job with what was seen of it while it ran. */
export interface JobTrace {
  job: Job;
  layout: Float32Array | null;
  dims: Dims;
  energy: EnergyPoint[];
}

/** A job of another kind than a projection, with the newest layouts of all its steps while it runs. */
export interface TaskTrace {
  job: Task;
  /** [step, observation, 2] of a running sequence */
  layouts: Column<Float32Array> | null;
  energy: EnergyPoint[];
}

export interface LibraryState {
  /** "empty": the server has no study yet, and waits for one to be brought. */
  status: "loading" | "ready" | "failed" | "empty";
  error: string | null;
  connected: boolean;
  study: Study | null;
  observations: Observations | null;
  /** Kept projections; kept results of other kinds are asked for with `kept`. */
  summaries: ResultSummary[];
  /** Jobs of kind "projection". */
  jobs: JobTrace[];
  /** Jobs of all other kinds. */
  tasks: TaskTrace[];
  notices: { id: number; text: string }[];
  /** What of the input observations can be coloured by. */
  statistics: Statistic[];
}

const FRAME_MS = 16;
/** Sets of streamlines that stay at hand while a slider moves to and fro. */
const MOST_LINES = 40;

/** So many bytes of images are loaded at once; more come when they are looked at. */
const IMAGES_AT_ONCE = 4_500_000;

export class Library {
  private state: LibraryState = {
    status: "loading",
    error: null,
    connected: true,
    study: null,
    observations: null,
    summaries: [],
    jobs: [],
    tasks: [],
    notices: [],
    statistics: [],
  };
  private readonly listeners = new Set<() => void>();
  private readonly results = new Map<string, KeptResult | "loading" | "failed">();
  private readonly predictionsOf = new Map<string, Predictions | "loading" | "failed">();
  private readonly columns = new Map<string, Float32Array | "loading" | "failed">();
  private readonly fetching = new Set<string>();
  private readonly keptOf = new Map<TaskKind, readonly TaskSummary[] | "loading">();
  private readonly taskResults = new Map<string, TaskResult | "loading" | "failed">();
  private readonly tensors = new Map<string, Column | "loading" | "failed">();
  private readonly asked = new Map<string, unknown>();
  private readonly lines = new Map<string, Float32Array>();
  private stream: EventStream | null = null;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private lastNotice = 0;
  private everLost = false;

  constructor(
    readonly client: Client,
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
      job: (job) => (isTask(job) ? this.onTask(job) : this.onJob(job)),
      run: (run) => this.onRun(run),
      progress: (progress) =>
        this.changeRun(progress.run, (run) => ({ ...run, progress: { ...progress } })),
    });
    try {
      const study = this.client.study();
      await study; // a server without a study refuses everything, and only here says that this is why
      await Promise.all([this.refresh(study), this.loadObservations(study)]);
      this.set({ status: "ready", error: null });
      void this.loadStatistics();
    } catch (error) {
      if (error instanceof ServerError && error.empty) {
        this.stream?.close();
        this.stream = null;
        this.set({ status: "empty", connected: true, error: null });
      } else {
        this.set({ status: "failed", error: sentence(error) });
      }
    }
  }

  /** Reads the study again, because something was added to it. */
  again = (): Promise<void> => this.attempt(() => this.refresh());

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

  /** The energy curve of a result: what was seen of its job on this page, or what is kept with it. */
  energyOf(digest?: string): readonly EnergyPoint[] {
    const trace = this.state.jobs.findLast(({ job }) => digest === undefined || job.digest === digest);
    const found = digest === undefined ? undefined : this.results.get(digest);
    const kept = typeof found === "object" ? fromHistory(found.result.energyHistory) : [];
    const seen = trace?.energy ?? [];
    return kept.length >= seen.length ? kept : seen;
  }

  /** One snapshot's predictions; undefined until they are here. */
  predictions(run: string, epoch: number): Predictions | undefined {
    const key = `${run}/${epoch}`;
    const found = this.predictionsOf.get(key);
    const { observations, study } = this.state;
    const candidate = study?.runs.find(({ name }) => name === run);
    if (study !== null && candidate !== undefined && !canBeWrong(candidate, study)) {
      return undefined;
    }
    if (found === undefined && observations !== null && study !== null) {
      this.predictionsOf.set(key, "loading");
      queueMicrotask(() => void this.loadPredictions(run, epoch, observations.labels));
    }
    return typeof found === "object" ? found : undefined;
  }

  /** A result's column with one number per observation; undefined until it is here. */
  column(digest: string, name: string): Float32Array | undefined {
    return this.lazy(`result/${digest}/${name}`, () => this.client.resultColumn(digest, name));
  }

  /** An input statistic, one number per observation; undefined until it is here. */
  statistic(name: string): Float32Array | undefined {
    return this.lazy(`statistic/${name}`, () => this.client.statistic(name));
  }

  private lazy(key: string, load: () => Promise<{ values: Float32Array }>): Float32Array | undefined {
    const found = this.columns.get(key);
    if (found === undefined) {
      this.columns.set(key, "loading");
      queueMicrotask(async () => {
        try {
          this.columns.set(key, (await load()).values);
          this.set({});
        } catch (error) {
          this.columns.set(key, "failed");
          this.notify(error);
        }
      });
    }
    return typeof found === "object" ? found : undefined;
  }

  /** [observation, feature] of some input features; from the images where the server does not know the question. */
  async features(columns: readonly number[]): Promise<Float32Array> {
    const pictures = this.state.observations?.pictures ?? null;
    try {
      return (await this.client.features(columns)).values;
    } catch (error) {
      if (pictures === null) {
        throw error;
      }
      const { count, bytes } = pictures;
      const images = await pictures.range(0, count);
      return Float32Array.from({ length: count * columns.length }, (_, at) => {
        return images[Math.floor(at / columns.length) * bytes + columns[at % columns.length]] / 255;
      });
    }
  }

  async project(source: Source, method: string, parameters: Parameters): Promise<void> {
    await this.attempt(async () => this.onJob(await this.client.project(source, method, parameters)));
  }

  /** Lays out a sequence with all its steps in one space. */
  sequence = (source: SequenceSource, method: string, parameters: Parameters): Promise<void> => this.ask({ kind: "sequence", source, method, parameters });

  /** Asks for an analysis of another kind than a projection; its result is among `kept` when it is done. */
  ask(request: TaskRequest): Promise<void> {
    return this.attempt(async () => this.onTask(await this.client.task(request)));
  }

  /** What any other route says, asked once for as long as the page is open; undefined until it is here. `path` is below api/. */
  json<T extends object>(path: string): T | undefined {
    return this.once(this.asked as Map<string, T | "loading" | "failed">, path, () => this.client.json<T>(path));
  }

  /** The same of a route that answers with a column. */
  array(path: string): Column | undefined {
    return this.once(this.asked as Map<string, Column | "loading" | "failed">, path, () => this.client.column(path));
  }

  /** What is answered to a question with a body, asked once. */
  answer(path: string, body: object): Column | undefined {
    return this.once(this.asked as Map<string, Column | "loading" | "failed">, `${path} ${JSON.stringify(body)}`, () => this.client.answer(path, body));
  }

  /** Forgets what routes beginning so said, because the study has more now. */
  forget(path: string): void {
    [...this.asked.keys()].filter((key) => key.startsWith(path)).forEach((key) => this.asked.delete(key));
    this.set({});
  }

  /** Streamlines of a kept field, [point, 4] line, x, y, speed; those asked for last stay at hand. */
  async streamlines(digest: string, field: number, separation: number): Promise<Float32Array> {
    const key = `${digest}/${field}/${separation}`;
    const points = this.lines.get(key) ?? (await this.client.streamlines(digest, field, separation));
    this.lines.delete(key);
    this.lines.set(key, points);
    if (this.lines.size > MOST_LINES) {
      this.lines.delete(this.lines.keys().next().value!);
    }
    return points;
  }

  /** Who passes through a region of a field. */
  async region(digest: string, field: number | null, polygon: readonly (readonly [number, number])[]): Promise<Passage[]> {
    return passages(await this.client.region(digest, field, polygon));
  }

  /** Trains a run like another; null where the server refused, which is told then. */
  async train(request: TrainRequest): Promise<Run | null> {
    let started: Run | null = null;
    await this.attempt(async () => {
      started = await this.client.train(request);
      this.onRun(started);
    });
    return started;
  }

  stopRun = (name: string): Promise<void> => this.attempt(() => this.client.stopRun(name));

  /** Kept results of a kind; undefined until they are known. */
  kept(kind: TaskKind): readonly TaskSummary[] | undefined {
    const found = this.keptOf.get(kind);
    if (found === undefined) {
      this.keptOf.set(kind, "loading");
      queueMicrotask(() => void this.loadKept(kind));
    }
    return typeof found === "object" ? found : undefined;
  }

  /** What a kept result of another kind than a projection says; undefined until it is here. */
  taskResult<R>(digest: string): TaskResult<R> | undefined {
    return this.once(this.taskResults, digest, () => this.client.taskResult(digest)) as TaskResult<R> | undefined;
  }

  /** A kept result's column of any type and shape; undefined until it is here. */
  tensor(digest: string, name: string): Column | undefined {
    return this.once(this.tensors, `${digest}/${name}`, () => this.client.tensor(digest, name));
  }

  pause = (id: string): Promise<void> => this.attempt(async () => this.onAny(await this.client.pause(id)));
  resume = (id: string): Promise<void> => this.attempt(async () => this.onAny(await this.client.resume(id)));
  cancel = (id: string): Promise<void> => this.attempt(() => this.client.cancel(id));

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notify(error);
    }
  }

  private async refresh(asked = this.client.study()): Promise<void> {
    const [study, summaries] = await Promise.all([asked, this.client.projections()]);
    const known = new Map(this.state.jobs.map((trace) => [trace.job.id, trace]));
    const [others, projections] = [study.tasks.filter(isTask), study.tasks.filter((job): job is Job => !isTask(job))];
    const jobs = projections.map((job): JobTrace => {
      const seen = known.get(job.id);
      const kept = fromHistory(job.energyHistory);
      const energy = seen !== undefined && seen.energy.length >= kept.length ? seen.energy : kept;
      return { layout: null, dims: 2, ...seen, energy, job };
    });
    const seenTasks = new Map(this.state.tasks.map((trace) => [trace.job.id, trace]));
    const tasks = others.map((job): TaskTrace => ({ layouts: null, energy: fromHistory(job.energyHistory), ...seenTasks.get(job.id), job }));
    this.set({ study, summaries, jobs, tasks });
    [...this.keptOf.keys()].forEach((kind) => void this.loadKept(kind));
    tasks.filter(({ job }) => isActive(job)).forEach(({ job }) => void this.loadTaskLayouts(job));
    jobs.filter(({ job }) => isActive(job)).forEach(({ job }) => void this.loadJobLayout(job.id));
  }

  private async loadObservations(asked: Promise<Study>): Promise<void> {
    const study = await asked;
    const { count } = study.sample;
    const labelled = study.dataset.classNames.length > 0;
    const valued = study.dataset.labels === "values";
    const [labels, ids, pictures, values] = await Promise.all([
      labelled ? this.client.labels().then(({ values }) => Uint16Array.from(values)) : new Uint16Array(count),
      this.client.ids().then(({ values }) => Int32Array.from(values)),
      this.openPictures(study),
      valued ? this.client.values().then((column) => column.values) : null,
    ]);
    const texts = study.dataset.kind === "texts" ? new Blocks(count, (from, to) => this.client.texts(from, to)) : null;
    this.set({ observations: { count, labels, ids, pictures, texts, values } });
  }

  private async openPictures(study: Study): Promise<Pictures | null> {
    const { shape, kind } = study.dataset;
    if (kind === "vectors" || kind === "texts" || shape === null) {
      return null;
    }
    const { count } = study.sample;
    const bytes = async (from: number, to: number) => Uint8Array.from((await this.client.imageBlock(from, to)).values);
    if (count * shape.channels * shape.rows * shape.cols > IMAGES_AT_ONCE) {
      return new Pictures(count, shape, bytes);
    }
    const images = await this.client.images();
    return new Pictures(count, shape, bytes, Uint8Array.from(images.values));
  }

  /** Older servers have none, and nothing is lost without them. */
  private async loadStatistics(): Promise<void> {
    try {
      this.set({ statistics: await this.client.statistics() });
    } catch {
      this.set({ statistics: [] });
    }
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
    const kept = fromHistory(job.energyHistory);
    const seen = old?.energy ?? [];
    const energy = grown(kept.length > seen.length ? kept : seen, job.iteration, job.energy);
    const trace: JobTrace = { job, layout: old?.layout ?? null, dims: old?.dims ?? 2, energy };
    const jobs = old ? this.state.jobs.map((other) => (other === old ? trace : other)) : [...this.state.jobs, trace];
    if (job.state === old?.job.state) {
      this.setSoon({ jobs });
    } else {
      this.set({ jobs });
    }
    if (job.state === "done") {
      void this.attempt(() => this.keep(job.digest));
    } else if (isActive(job)) {
      void this.loadJobLayout(job.id);
    }
  }

  private onAny(job: Job | Task): void {
    return isTask(job) ? this.onTask(job) : this.onJob(job);
  }

  private onTask(job: Task): void {
    const old = this.state.tasks.find((trace) => trace.job.id === job.id);
    if (old !== undefined && isOlder(job, old.job)) {
      return;
    }
    const history = fromHistory(job.energyHistory);
    const seen = old?.energy ?? [];
    const energy = grown(history.length > seen.length ? history : seen, job.iteration, job.energy);
    const trace: TaskTrace = { job, layouts: isActive(job) ? (old?.layouts ?? null) : null, energy };
    if (job.state === "done" && old?.job.state !== "done") {
      // The last moving picture stays until the kept one is here.
      void this.attempt(() => this.keepTask({ ...trace, layouts: old?.layouts ?? null }));
      return;
    }
    this.setTask(trace, job.state === old?.job.state);
    if (isActive(job)) {
      void this.loadTaskLayouts(job);
    }
  }

  private setTask(trace: TaskTrace, soon: boolean): void {
    const { tasks } = this.state;
    const known = tasks.some(({ job }) => job.id === trace.job.id);
    const next = known ? tasks.map((other) => (other.job.id === trace.job.id ? trace : other)) : [...tasks, trace];
    return soon ? this.setSoon({ tasks: next }) : this.set({ tasks: next });
  }

  private async keepTask(trace: TaskTrace): Promise<void> {
    const { digest, kind } = trace.job;
    try {
      const result = await this.client.taskResult(digest);
      this.taskResults.set(digest, result);
      const main = MAIN_COLUMN[kind];
      if (main !== undefined && !this.tensors.has(`${digest}/${main}`)) {
        this.tensors.set(`${digest}/${main}`, await this.client.tensor(digest, main));
      }
      const known = this.keptOf.get(kind);
      if (Array.isArray(known) && !known.some((summary: TaskSummary) => summary.digest === digest)) {
        this.keptOf.set(kind, [...known, result]);
      }
    } finally {
      this.setTask({ ...trace, layouts: null }, false);
    }
  }

  /** Older servers do not know the question; they have none. */
  private async loadKept(kind: TaskKind): Promise<void> {
    try {
      this.keptOf.set(kind, await this.client.kept(kind));
    } catch {
      this.keptOf.set(kind, []);
    }
    this.set({});
  }

  private async loadTaskLayouts({ id, kind }: Task): Promise<void> {
    if (kind !== "sequence" || this.fetching.has(id)) {
      return;
    }
    this.fetching.add(id);
    try {
      const column = await this.client.jobLayout(id);
      if (column !== null && column.shape.length === 3 && column.shape[2] === 2) {
        const tasks = this.state.tasks.map((trace) => (trace.job.id === id && isActive(trace.job) ? { ...trace, layouts: column } : trace));
        this.setSoon({ tasks });
      }
    } catch {
      // The moving picture is a courtesy; the job's own events tell of failures.
    } finally {
      this.fetching.delete(id);
    }
  }

  /** A value that is fetched when it is first asked for. */
  private once<T>(store: Map<string, T | "loading" | "failed">, key: string, load: () => Promise<T>): T | undefined {
    const found = store.get(key);
    if (found === undefined) {
      store.set(key, "loading");
      queueMicrotask(async () => {
        try {
          store.set(key, await load());
          this.set({});
        } catch (error) {
          store.set(key, "failed");
          this.notify(error);
        }
      });
    }
    return found === "loading" || found === "failed" ? undefined : found;
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
      this.results.set(digest, { result, layout: layout.values, dims: layout.shape[1] === 3 ? 3 : 2 });
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
      if (column !== null && (column.shape[1] === 2 || column.shape[1] === 3)) {
        const dims: Dims = column.shape[1];
        const jobs = this.state.jobs.map((trace) => (trace.job.id === id ? { ...trace, layout: column.values, dims } : trace));
        this.setSoon({ jobs });
      }
    } catch {
      // The moving picture is a courtesy; the job's own events tell of failures.
    } finally {
      this.fetching.delete(id);
    }
  }

  /** Progress may come more often than pictures are drawn: it is told at most once per picture. */
  private setSoon(part: Partial<LibraryState>): void {
    this.state = { ...this.state, ...part };
    this.telling ??= setTimeout(() => this.set({}), FRAME_MS);
  }

  private set(part: Partial<LibraryState>): void {
    clearTimeout(this.telling);
    this.telling = undefined;
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) {
      listener();
    }
  }
}

/** How far a job has come; answers to requests and events may arrive in another order than they were sent. */
const STEP: Record<Job["state"], number> = { queued: 0, running: 1, paused: 1, done: 2, failed: 2, cancelled: 2 };

/** What a result is first of all; it is fetched before the result counts as kept. */
const MAIN_COLUMN: Partial<Record<TaskKind, string>> = { sequence: "layouts", bundle: "bundled", field: "field", units: "layout", "trails-of-units": "layouts", scores: "scores" };

export const isTask = (job: Job | Task): job is Task => job.kind !== "projection";

const isOlder = (news: Job | Task, known: Job | Task): boolean =>
  news.revision < known.revision || STEP[news.state] < STEP[known.state];
