/** One import from the first dropped file to the finished run: what was brought, what was understood, how far it has come. */
import type { GraphReport } from "../../draw/graph";
import { sentence } from "../../server/client";
import type { Column } from "../../server/columns";
import type { ImportClient, ImportProgress, LookBody, StartBody, Understanding, Whereabouts } from "../../server/imports";
import { activationsRoot, areActivations, sortActivations } from "./activations";
import { type Dropped, isTokenizer, joined, placeOf, sortDropped, withoutLitter } from "./dropped";
import { Uploads, type UploadState } from "./uploads";

export type Room = "model" | "data" | "activations";

export const ROOMS: readonly Room[] = ["model", "data", "activations"];

/** What a person brought into one of the rooms. */
export type Brought =
  | { kind: "files"; files: readonly Dropped[]; bytes: number; folder: string }
  | { kind: "path"; path: string }
  | { kind: "name"; name: string };

/** What a person corrects; null leaves it to the server. */
export interface Choices {
  preprocess: string | null;
  /** By the checkpoint's file name. */
  epochs: Readonly<Record<string, number>>;
  run: string | null;
  /** Names of the layers to keep; null keeps those that are proposed. */
  layers: readonly string[] | null;
  observations: number | "all" | null;
  study: string | null;
  tokenizer: string | null;
  /** How many tokens a text has at most. */
  tokens: number | null;
  /** The column that holds the labels. */
  label: string | null;
  /** Whether a network that gives other classes is taken for what its layers do. */
  withoutPredictions: boolean;
}

export interface Running {
  state: "starting" | "running" | "opening" | "failed" | "cancelled" | "stopping";
  progress: ImportProgress | null;
  message: string | null;
}

export interface ImportState {
  model: Brought | null;
  data: Brought | null;
  /** Instead of model and data. */
  activations: Brought | null;
  choices: Choices;
  leftOut: readonly string[];
  uploads: UploadState;
  looking: boolean;
  lookError: string | null;
  understanding: Understanding | null;
  examples: Column<Float32Array> | null;
  running: Running | null;
}

export interface SessionOptions {
  /** Whether there is a study already, whose data every run in it has. */
  fixedData(): boolean;
  /** Whether that study is of activations, to which no model can be brought. */
  ofActivations?(): boolean;
  done(run: string): void;
  /** How long a person's change is waited out before the server looks again. */
  pause?: number;
  retry?: ConstructorParameters<typeof Uploads>[2];
}

export const NOTHING_CHOSEN: Choices = { preprocess: null, epochs: {}, run: null, layers: null, observations: null, study: null, tokenizer: null, tokens: null, label: null, withoutPredictions: false };
/** What was said of the one thing means nothing for the next. */
const CHOSEN_FOR: Record<Room, Partial<Choices>> = {
  model: { epochs: {}, layers: null, run: null, withoutPredictions: false },
  data: { tokenizer: null, tokens: null, label: null, withoutPredictions: false },
  activations: {},
};
const NO_UPLOADS: UploadState = { files: 0, filesDone: 0, bytes: 0, bytesSent: 0, failed: [], active: false };
const PAUSE_MS = 400;
/** The page is told of progress at most so often. */
const TELL_MS = 100;
const GONE = 404;

/** What makes the server look again. */
const LOOKED_AT: readonly (keyof Choices)[] = ["preprocess", "epochs", "run", "tokenizer", "tokens", "label"];

export class ImportSession {
  private current: ImportState = {
    model: null,
    data: null,
    activations: null,
    choices: NOTHING_CHOSEN,
    leftOut: [],
    uploads: NO_UPLOADS,
    looking: false,
    lookError: null,
    understanding: null,
    examples: null,
    running: null,
  };
  private readonly listeners = new Set<() => void>();
  private readonly uploads: Uploads;
  private area: Promise<string> | null = null;
  /** Counts the folders of a room, so that files of an earlier choice are never mixed with those of a later one. */
  private readonly folders: Record<Room, number> = { model: 0, data: 0, activations: 0 };
  private asked = 0;
  private wasActive = false;
  /** Whether the files were sent a second time already, so that a server which never finds them is not asked forever. */
  private sentAgain = false;
  private stopLook: AbortController | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private unfollow: (() => void) | null = null;

  constructor(
    private readonly client: ImportClient,
    readonly options: SessionOptions,
  ) {
    const send: ConstructorParameters<typeof Uploads>[0] = async (path, file, sent, signal) => client.upload(await this.open(), path, file, sent, signal);
    this.uploads = new Uploads(send, (uploads) => this.onUploads(uploads), options.retry);
  }

  get = (): ImportState => this.current;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes files that were dropped into one room, or anywhere. */
  take(files: readonly Dropped[], room: Room | null): void {
    if (room === "activations" || (room === null && this.meansActivations(files))) {
      const { wanted, leftOut } = sortActivations(files);
      this.put("activations", wanted);
      this.set({ leftOut: leftOut.map(({ path }) => path) });
      this.lookSoon();
      return;
    }
    const sorted = room === null ? sortDropped(files) : { model: [], data: [], leftOut: [], [room]: withoutLitter(files) };
    const refused = this.options.fixedData() ? sorted.data : [];
    this.put("model", sorted.model);
    this.put("data", this.options.fixedData() ? [] : sorted.data);
    this.set({ leftOut: [...sorted.leftOut, ...refused].map(({ path }) => path) });
    this.lookSoon();
  }

  /** Whether files that were dropped anywhere are activations: more of them, or a folder that looks like some. */
  private meansActivations(files: readonly Dropped[]): boolean {
    const { model, data, activations } = this.current;
    return activations !== null || this.options.ofActivations?.() === true || (model === null && data === null && !this.options.fixedData() && areActivations(files.map(({ path }) => path)));
  }

  /** What lies on the server's own machine, or has a name that it knows; nothing is copied. */
  point(room: Room, brought: { kind: "path"; path: string } | { kind: "name"; name: string }): void {
    this.remove(room);
    this.set({ [room]: brought });
    this.lookSoon();
  }

  remove(room: Room): void {
    const old = this.current[room];
    this.set({ [room]: null, choices: { ...this.current.choices, ...CHOSEN_FOR[room] } });
    if (old?.kind === "files") {
      this.uploads.drop(old.folder);
    }
    this.lookSoon();
  }

  choose(part: Partial<Choices>): void {
    this.set({ choices: { ...this.current.choices, ...part } });
    if (LOOKED_AT.some((key) => key in part)) {
      this.lookSoon();
    }
  }

  retryUploads = (): void => this.uploads.retry();

  lookAgain = (): void => void this.look();

  async start(): Promise<void> {
    this.set({ running: { state: "starting", progress: null, message: null } });
    try {
      const id = await this.open();
      const { layers, observations, study, withoutPredictions } = this.current.choices;
      const networks = this.current.activations === null;
      const body: StartBody = {
        ...this.body(),
        layers: layers === null || !networks ? null : [...layers],
        observations,
        withoutPredictions: networks && withoutPredictions && givesOtherClasses(this.current.understanding) ? true : null,
        study,
      };
      await this.client.start(id, body);
      this.set({ running: { state: "running", progress: null, message: null } });
      this.unfollow = this.client.follow(id, {
        progress: (progress) => this.setSoon({ running: { state: this.current.running?.state === "stopping" ? "stopping" : "running", progress, message: null } }),
        done: ({ run }) => {
          this.set({ running: { state: "opening", progress: this.current.running?.progress ?? null, message: null } });
          this.options.done(run);
        },
        failed: (message) => this.end("failed", message),
        cancelled: () => this.end("cancelled", "The import was stopped. Everything is still here; change what you like and start again."),
      });
    } catch (error) {
      this.end("failed", sentence(error));
    }
  }

  async cancel(): Promise<void> {
    const { running } = this.current;
    this.set({ running: { state: "stopping", progress: running?.progress ?? null, message: null } });
    try {
      await this.client.stop(await this.open());
    } catch (error) {
      this.end("failed", sentence(error));
    }
  }

  /** Forgets everything, ready for the next import. */
  reset(): void {
    this.uploads.clear();
    this.unfollow?.();
    [this.area, this.unfollow] = [null, null];
    this.asked++;
    this.set({ model: null, data: null, activations: null, choices: NOTHING_CHOSEN, leftOut: [], looking: false, lookError: null, understanding: null, examples: null, running: null });
  }

  private end(state: "failed" | "cancelled", message: string): void {
    this.unfollow?.();
    this.unfollow = null;
    this.set({ running: { state, progress: null, message } });
    // The server may have cleared what was sent; looking again finds out, and sends it again where it must.
    this.lookSoon();
  }

  private put(room: Room, more: readonly Dropped[]): void {
    if (more.length === 0) {
      return;
    }
    const old = this.current[room];
    const folder = old?.kind === "files" ? old.folder : this.folders[room]++ === 0 ? room : `${room}-${this.folders[room]}`;
    const files = joined(old?.kind === "files" ? old.files : [], more);
    this.set({ [room]: { kind: "files", files, folder, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) } });
    this.uploads.add(more.map(({ path, file, bytes }) => ({ path: `${folder}/${path}`, file, bytes })));
  }

  private open(): Promise<string> {
    this.area ??= this.client.open().catch((error: unknown) => {
      this.area = null;
      throw error;
    });
    return this.area;
  }

  private onUploads(uploads: UploadState): void {
    const finished = this.wasActive && !uploads.active;
    this.wasActive = uploads.active;
    if (finished) {
      this.set({ uploads });
      this.lookSoon();
    } else {
      this.setSoon({ uploads });
    }
  }

  private lookSoon(): void {
    clearTimeout(this.waiting);
    this.asked++;
    this.stopLook?.abort();
    const { model, data, activations, uploads } = this.current;
    if (model === null && data === null && activations === null) {
      this.set({ understanding: null, examples: null, looking: false, lookError: null });
      return;
    }
    if (!uploads.active && !this.wasActive && uploads.failed.length === 0) {
      this.set({ looking: true });
      this.waiting = setTimeout(() => void this.look(), this.options.pause ?? PAUSE_MS);
    } else {
      this.set({ looking: false });
    }
  }

  /** Every operation of the network that was looked at last. */
  graph = async (): Promise<GraphReport> => this.client.graph(await this.open());

  /** The newest question's answer counts; older ones are stopped, and not listened to. */
  private async look(): Promise<void> {
    const mine = ++this.asked;
    const stop = new AbortController();
    this.stopLook = stop;
    this.set({ looking: true });
    try {
      const id = await this.open();
      const understanding = await this.client.look(id, this.body(), stop.signal);
      if (mine !== this.asked) {
        return;
      }
      this.sentAgain = false;
      this.set({ understanding, lookError: null });
      const examples = (understanding.input?.examples ?? 0) > 0 ? await this.client.examples(id) : null;
      if (mine === this.asked) {
        this.set({ examples, looking: false });
      }
    } catch (error) {
      if (mine !== this.asked) {
        return;
      }
      if ((error as { status?: number }).status === GONE && this.sendAgain()) {
        return;
      }
      this.set({ lookError: sentence(error), looking: false });
    }
  }

  /** A server that was started anew has forgotten the files; the page still has them. */
  private sendAgain(): boolean {
    const rooms = ROOMS.map((room) => this.current[room]).filter((one) => one?.kind === "files");
    if (rooms.length === 0 || this.area === null || this.sentAgain) {
      return false;
    }
    [this.area, this.sentAgain] = [null, true];
    this.uploads.clear();
    for (const { files, folder } of rooms) {
      this.uploads.add(files.map(({ path, file, bytes }) => ({ path: `${folder}/${path}`, file, bytes })));
    }
    return true;
  }

  private body(): LookBody {
    const { model, data, activations, choices } = this.current;
    if (activations !== null) {
      return { ...NOTHING_SAID, activations: whereabouts(activations, activationsRoot) };
    }
    return {
      ...NOTHING_SAID,
      model: whereabouts(model),
      data: whereabouts(data),
      preprocess: choices.preprocess,
      epochs: Object.keys(choices.epochs).length === 0 ? null : { ...choices.epochs },
      run: choices.run,
      tokenizer: choices.tokenizer === null ? tokenizerAmong(data, model) : { path: choices.tokenizer },
      tokens: choices.tokens,
      label: choices.label,
    };
  }

  private setSoon(part: Partial<ImportState>): void {
    this.current = { ...this.current, ...part };
    this.telling ??= setTimeout(() => this.set({}), TELL_MS);
  }

  private set(part: Partial<ImportState>): void {
    clearTimeout(this.telling);
    this.telling = undefined;
    this.current = { ...this.current, ...part };
    this.listeners.forEach((listener) => listener());
  }
}

const NOTHING_SAID: LookBody = { model: null, activations: null, data: null, preprocess: null, epochs: null, run: null, tokenizer: null, tokens: null, label: null };

/** Whether the network gives a number for each of other classes than the data have. */
export const givesOtherClasses = (understanding: Understanding | null): boolean => understanding?.check?.suspicious === true && understanding.check.accuracy === null;

function whereabouts(brought: Brought | null, placed = placeOf): Whereabouts | null {
  if (brought === null) {
    return null;
  }
  if (brought.kind === "files") {
    const place = placed(brought.files.map(({ path }) => path));
    return { staged: place === "" ? brought.folder : `${brought.folder}/${place}` };
  }
  return brought.kind === "path" ? { path: brought.path } : { name: brought.name };
}

function tokenizerAmong(...rooms: readonly (Brought | null)[]): Whereabouts | null {
  for (const room of rooms) {
    const found = room?.kind === "files" ? room.files.find(({ path }) => isTokenizer(path)) : undefined;
    if (room?.kind === "files" && found !== undefined) {
      return { staged: `${room.folder}/${found.path}` };
    }
  }
  return null;
}

/** What a room holds, in a few words: "checkpoints", "epoch-1.onnx and 9 more". */
export function nameOf(brought: Brought, room: Room): string {
  if (brought.kind !== "files") {
    return brought.kind === "path" ? brought.path : brought.name;
  }
  const { files } = brought;
  const place = (room === "activations" ? activationsRoot : placeOf)(files.map(({ path }) => path));
  return place !== "" ? place : `${files[0].path} and ${files.length - 1} more`;
}
