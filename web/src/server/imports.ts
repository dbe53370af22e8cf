/** Bringing a model and its data: what the server says of them, and the calls that bring them. */
import type { GraphReport } from "../draw/graph";
import { type Column, floats, parseColumn } from "./columns";
import { ConnectionError, errorMessage, ServerError } from "./client";

/** Where something is that is brought: on the server's machine, among the files sent to it, or known by name. */
export type Whereabouts = { path: string } | { staged: string } | { name: string };

export interface GraphValue {
  name: string;
  type: string;
  /** null where the graph leaves it open */
  shape: (number | null)[];
}

export interface CheckpointFile {
  file: string;
  epoch: number;
  bytes: number;
}

export type Reading = "all" | "class token" | "mean over tokens";

export interface ProposedLayer {
  name: string;
  value: string;
  shape: (number | null)[];
  units: number;
  operator: string;
  reading: Reading;
  proposed: boolean;
}

export interface ModelFacts {
  name: string;
  run: string;
  files: CheckpointFile[];
  opset: number;
  parameters: number;
  inputs: GraphValue[];
  outputs: GraphValue[];
  layers: ProposedLayer[];
  problem: string | null;
}

/** A run of activations that were made elsewhere. */
export interface OutsideRun {
  name: string;
  epochs: number[];
  /** Those that an open study does not have yet. */
  fresh: number[];
  layers: { name: string; units: number; shape: number[] }[];
  /** How many epochs come with predictions. */
  predictions: number;
  /** Of how many epochs losses and accuracies are known. */
  metrics: number;
  problem: string | null;
}

export interface ActivationFacts {
  name: string;
  observations: number;
  runs: OutsideRun[];
  problem: string | null;
}

export interface DataFacts {
  name: string;
  /** "none": there are but the activations of the observations. */
  kind: "images" | "vectors" | "texts" | "none";
  shape: number[] | null;
  columns: number;
  train: number;
  test: number;
  classes: string[];
  labels: "classes" | "values" | "none";
  classCounts: number[];
  problem: string | null;
}

export interface BindingFacts {
  input: string;
  part: string;
  shape: (number | null)[];
  layout: string | null;
  type: string;
}

export interface InputFacts {
  fits: boolean;
  sentence: string;
  binding: BindingFacts[];
  low: number | null;
  high: number | null;
  mean: number | null;
  examples: number;
  /** The steps in force; left out by servers that do not say. */
  preprocess?: string | null;
  problem: string | null;
}

export interface CheckFacts {
  accuracy: number | null;
  of: number;
  epoch: number;
  sentence: string;
  /** Whether something is wrong; left out by servers that do not say. */
  suspicious?: boolean;
}

export interface ViewFacts {
  view: string;
  title: string;
  available: "yes" | "reduced" | "no";
  why: string;
}

/** What the server understood of the files. */
export interface Understanding {
  model: ModelFacts | null;
  activations?: ActivationFacts | null;
  data: DataFacts | null;
  input: InputFacts | null;
  check: CheckFacts | null;
  views: ViewFacts[];
  problems: string[];
  ready: boolean;
}

export interface LookBody {
  model: Whereabouts | null;
  /** Instead of model and data. */
  activations: Whereabouts | null;
  data: Whereabouts | null;
  preprocess: string | null;
  epochs: Record<string, number> | null;
  run: string | null;
  tokenizer: Whereabouts | null;
  tokens: number | null;
  label: string | null;
}

export interface StartBody extends LookBody {
  layers: string[] | null;
  observations: number | "all" | null;
  withoutPredictions: boolean | null;
  study: string | null;
}

export interface ImportProgress {
  stage: string;
  fraction: number;
  epoch: number | null;
  message: string | null;
}

export interface ImportHandlers {
  progress(progress: ImportProgress): void;
  done(result: { run: string; study: string }): void;
  failed(message: string): void;
  cancelled(): void;
}

export interface FolderListing {
  path: string;
  parent: string | null;
  entries: { name: string; folder: boolean; bytes: number | null }[];
}

async function call(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`api/${path}`, init);
  } catch (error) {
    throw error instanceof DOMException && error.name === "AbortError" ? error : new ConnectionError();
  }
  if (!response.ok) {
    throw new ServerError(await errorMessage(response), response.status);
  }
  return response;
}

const post = (body: unknown, signal?: AbortSignal): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  signal: signal ?? null,
});

const part = encodeURIComponent;

/** Sends one file; `sent` tells how many of its bytes have left. The request can tell that, fetch cannot. */
function upload(id: string, path: string, file: Blob, sent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const aborted = () => reject(new DOMException("stopped", "AbortError"));
    if (signal.aborted) {
      aborted();
      return;
    }
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.upload.onprogress = ({ loaded }) => sent(loaded);
    request.onabort = aborted;
    request.onerror = () => reject(new ConnectionError());
    request.onload = () => (request.status < 300 ? resolve() : reject(new ServerError(sentenceOf(request), request.status)));
    request.open("POST", `api/imports/${part(id)}/files?path=${part(path)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });
}

function sentenceOf({ responseText, status }: XMLHttpRequest): string {
  try {
    const message = (JSON.parse(responseText) as { error?: { message?: unknown } }).error?.message;
    if (typeof message === "string" && message !== "") {
      return message;
    }
  } catch {
    // No JSON: the sentence below has to do.
  }
  return `The server answered with status ${status} and gave no reason.`;
}

/** Follows a running import; the browser itself connects again when the line drops. */
function follow(id: string, handlers: ImportHandlers): () => void {
  const source = new EventSource(`api/imports/${part(id)}/events`);
  const on = <T>(name: string, handle: (data: T) => void, last = true) =>
    source.addEventListener(name, (event) => {
      if (last) {
        source.close();
      }
      handle(JSON.parse((event as MessageEvent<string>).data || "{}") as T);
    });
  on("progress", handlers.progress, false);
  on("done", handlers.done);
  on("failed", ({ message }: { message?: string }) => handlers.failed(message ?? "The import stopped, and the server gave no reason."));
  on("cancelled", () => handlers.cancelled());
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) {
      handlers.failed(new ConnectionError().message);
    }
  };
  return () => source.close();
}

export const importClient = {
  open: async (): Promise<string> => ((await (await call("imports", post({}))).json()) as { id: string }).id,
  upload,
  look: async (id: string, body: LookBody, signal: AbortSignal): Promise<Understanding> =>
    (await (await call(`imports/${part(id)}/look`, post(body, signal))).json()) as Understanding,
  examples: async (id: string): Promise<Column<Float32Array> | null> => {
    const response = await call(`imports/${part(id)}/examples`);
    if (response.status === 204) {
      return null;
    }
    const { headers } = response;
    return floats(parseColumn(await response.arrayBuffer(), headers.get("Inscape-Type"), headers.get("Inscape-Shape")));
  },
  graph: async (id: string): Promise<GraphReport> => (await (await call(`imports/${part(id)}/graph`)).json()) as GraphReport,
  start: async (id: string, body: StartBody): Promise<void> => {
    await call(`imports/${part(id)}/start`, post(body));
  },
  follow,
  stop: async (id: string): Promise<void> => {
    await call(`imports/${part(id)}`, { method: "DELETE" });
  },
  folders: async (path: string | null): Promise<FolderListing> =>
    (await (await call(`folders${path === null ? "" : `?path=${part(path)}`}`)).json()) as FolderListing,
  /** Whether the server has a study to show by now. */
  studied: async (): Promise<boolean> => {
    try {
      return (await fetch("api/study")).ok;
    } catch {
      return false;
    }
  },
};

export type ImportClient = typeof importClient;
