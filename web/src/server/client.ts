/** Calls to the server. Nothing here knows about React or about drawing. */
import { type Column, floats, parseColumn } from "./columns";
import type { Placement } from "./placement";
import type { EpochMetrics, Job, Parameters, ParameterValue, Result, ResultSummary, Run, Source, Statistic, Study, Task, TaskKind, TaskRequest, TaskResult, TaskSummary, TrainRequest } from "./types";
import { isStatic, recorded } from "./recorded";

/** The server refused: the sentence it gave, and the status. */
export class ServerError extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** Whether the server has no study yet: one is to be brought to it. */
    readonly empty = false,
  ) {
    super(message);
    this.name = "ServerError";
  }
}

/** The server could not be reached at all. */
export class ConnectionError extends Error {
  constructor() {
    super("The Inscape server does not answer. Is it still running in the terminal where you started it?");
    this.name = "ConnectionError";
  }
}

async function call(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  if (isStatic()) {
    response = await recorded(path, init);
  } else {
    try {
      response = await fetch(`api/${path}`, init);
    } catch {
      throw new ConnectionError();
    }
  }
  if (!response.ok) {
    const empty = await saysEmpty(response.clone());
    throw new ServerError(await errorMessage(response), response.status, empty);
  }
  return response;
}

async function saysEmpty(response: Response): Promise<boolean> {
  try {
    return response.status === 404 && ((await response.json()) as { empty?: unknown }).empty === true;
  } catch {
    return false;
  }
}

/** The sentence in an error answer, or one of our own when the answer has none. */
export async function errorMessage(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { error?: { message?: unknown } };
    if (typeof body.error?.message === "string" && body.error.message !== "") {
      return body.error.message;
    }
  } catch {
    // No JSON: the sentence below has to do.
  }
  return `The server answered with status ${response.status} and gave no reason.`;
}

async function json<T>(path: string, init?: RequestInit): Promise<T> {
  return (await (await call(path, init)).json()) as T;
}

const column = async (path: string): Promise<Column | null> => columnOf(await call(path));

async function columnOf(response: Response): Promise<Column | null> {
  if (response.status === 204) {
    return null;
  }
  const headers = response.headers;
  return parseColumn(await response.arrayBuffer(), headers.get("Inscape-Type"), headers.get("Inscape-Shape"));
}

async function required(path: string): Promise<Column> {
  const found = await column(path);
  if (found === null) {
    throw new Error(`the server has no content at ${path} yet`);
  }
  return found;
}

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

const part = encodeURIComponent;

/** Parameters in groups, as records hold them, under the dotted names by which a method describes them. */
export function flattened(parameters: object, prefix = ""): Parameters {
  const flat: Parameters = {};
  for (const [name, value] of Object.entries(parameters) as [string, ParameterValue | object][]) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      Object.assign(flat, flattened(value, `${prefix}${name}.`));
    } else {
      flat[prefix + name] = value as ParameterValue;
    }
  }
  return flat;
}

export function flat<T extends { parameters: Parameters }>(record: T): T {
  return { ...record, parameters: flattened(record.parameters ?? {}) };
}

/** Runs say what they are in whatever case the server writes its choices. */
export function readRun(run: Run): Run {
  const low = <T extends string>(word: T | null | undefined): T | null => (word == null ? null : (word.toLowerCase() as T));
  return { ...run, answers: low(run.answers), brought: low(run.brought), metrics: run.metrics.map(readMetrics) };
}

/** What was not measured is null in JSON, and no number here. */
function readMetrics(row: EpochMetrics): EpochMetrics {
  const number = (value: number | null) => value ?? Number.NaN;
  return { ...row, trainLoss: number(row.trainLoss), trainAccuracy: number(row.trainAccuracy), testLoss: number(row.testLoss), testAccuracy: number(row.testAccuracy), testRecall: row.testRecall ?? [] };
}

export const client = {
  study: async (): Promise<Study> => {
    const study = await json<Study>("study");
    return { ...study, tasks: study.tasks.map(flat), runs: study.runs.map(readRun) };
  },
  labels: () => required("observations/labels"),
  /** What the data say of each observation where that is a number. */
  values: async () => floats(await required("observations/values")),
  ids: () => required("observations/ids"),
  images: () => required("observations/images"),
  /** Images of the rows [from, to). */
  imageBlock: (from: number, to: number) => required(`observations/images?from=${from}&to=${to}`),
  /** The texts of the rows [from, to). */
  texts: async (from: number, to: number) => (await json<{ texts: string[] }>(`observations/texts?from=${from}&to=${to}`)).texts,
  statistics: async () => (await json<{ statistics: Statistic[] }>("observations/statistics")).statistics,
  statistic: async (name: string) => floats(await required(`observations/statistics/${part(name)}`)),
  /** [observation, feature] for some input features. */
  features: async (columns: readonly number[]) => floats(await required(`observations/features?columns=${columns.join(",")}`)),
  predictions: async (run: string, epoch: number) =>
    floats(await required(`runs/${part(run)}/epochs/${epoch}/predictions`)),
  projections: async () => (await json<ResultSummary[]>("projections")).map(flat),
  project: async (source: Source, method: string, parameters: Parameters) =>
    flat(await json<Job>("jobs", post({ kind: "projection", source, method, parameters }))),
  pause: async (id: string) => flat(await json<Job>(`jobs/${part(id)}/pause`, post({}))),
  resume: async (id: string) => flat(await json<Job>(`jobs/${part(id)}/resume`, post({}))),
  cancel: async (id: string): Promise<void> => {
    await call(`jobs/${part(id)}`, { method: "DELETE" });
  },
  jobLayout: async (id: string): Promise<Column<Float32Array> | null> => {
    const found = await column(`jobs/${part(id)}/layout`);
    return found === null ? null : floats(found);
  },
  result: async (digest: string) => flat(await json<Result>(`results/${part(digest)}`)),
  resultColumn: async (digest: string, name: string) =>
    floats(await required(`results/${part(digest)}/columns/${part(name)}`)),
  /** Asks for an analysis of another kind than a projection. */
  task: async (request: TaskRequest) => flat(await json<Task>("jobs", post(request))),
  /** Kept results of a kind; with a digest those that were made of it. */
  kept: async (kind: TaskKind, of?: string) =>
    (await json<TaskSummary[]>(`results?kind=${kind}${of === undefined ? "" : `&of=${part(of)}`}`)).map(flat),
  taskResult: async (digest: string) => flat(await json<TaskResult>(`results/${part(digest)}`)),
  /** A result's column of any type and shape. */
  tensor: (digest: string, name: string) => required(`results/${part(digest)}/columns/${part(name)}`),
  /** [point, 4] line, x, y, speed; no points where a field has no data. */
  streamlines: async (digest: string, field: number, separation: number): Promise<Float32Array> => {
    const found = await column(`fields/${part(digest)}/streamlines?field=${field}&separation=${separation}`);
    return found === null ? new Float32Array(0) : floats(found).values;
  },
  /** [passage, 6] row, duration, length, speed, dissimilarity, responsibility; of one field's trajectories, or of all. */
  region: async (digest: string, field: number | null, polygon: readonly (readonly [number, number])[]): Promise<Float32Array> => {
    const found = await columnOf(await call(`fields/${part(digest)}/region`, post(field === null ? { polygon } : { polygon, field })));
    return found === null ? new Float32Array(0) : floats(found).values;
  },
  /** What any other route says, as JSON or as a column; `path` is below api/ and encoded. */
  json: <T>(path: string): Promise<T> => json<T>(path),
  column: (path: string): Promise<Column> => required(path),
  /** A question with a body that changes nothing; the answer is a column. */
  answer: async (path: string, body: unknown): Promise<Column> => {
    const found = await columnOf(await call(path, post(body)));
    if (found === null) {
      throw new Error(`the server has no answer at ${path} yet`);
    }
    return found;
  },
  /** Where an image file lies in a kept layout. `step` is that of a sequence which neighbours and units are told of. */
  place: (digest: string, file: Blob, { centre, step, text }: { centre: boolean; step: number | null; text: boolean }, signal: AbortSignal): Promise<Placement> =>
    json<Placement>(`place/${part(digest)}?centre=${centre}${step === null ? "" : `&step=${step}`}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", ...(text ? { "Inscape-Type": "text" } : {}) },
      body: file,
      signal,
    }),
  /** A file to save, under the name that the server gives it; of some observations, or of all. */
  file: async (path: string, rows: readonly number[] | null): Promise<{ name: string; content: Blob }> => {
    const response = await call(path, rows === null ? undefined : post({ rows }));
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "inscape-table";
    return { name, content: await response.blob() };
  },
  /** Trains a run like another; the events tell how it comes along. */
  train: (request: TrainRequest) => json<Run>("runs", post(request)),
  stopRun: async (name: string): Promise<void> => {
    await call(`runs/${part(name)}/stop`, post({}));
  },
};

export type Client = typeof client;

/** What an error says to a person. */
export const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
