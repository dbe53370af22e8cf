/** Sending many files: some at a time, again when one fails on the way, with progress that is cheap for thousands. */

export interface Sendable {
  path: string;
  file: Blob;
  bytes: number;
}

/** Sends one file to one path; tells how many bytes have left, and stops when the signal says so. */
export type Send = (path: string, file: Blob, sent: (bytes: number) => void, signal: AbortSignal) => Promise<void>;

export interface UploadState {
  files: number;
  filesDone: number;
  bytes: number;
  bytesSent: number;
  /** Files that were given up, with the reason. */
  failed: { path: string; message: string }[];
  active: boolean;
}

export interface UploadOptions {
  parallel: number;
  /** How often a file is tried before it is given up. */
  tries: number;
  /** Waits before another try. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_WAIT = 400;

const USUAL: UploadOptions = {
  parallel: 4,
  tries: 4,
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    }),
};

export class Uploads {
  /** Those before `head` have begun; a list that is cut at its front each time is slow with thousands. */
  private queue: Sendable[] = [];
  private head = 0;
  private readonly sending = new Map<Sendable, { sent: number; stop: AbortController }>();
  private failures: { file: Sendable; message: string }[] = [];
  private total = { files: 0, bytes: 0 };
  private done = { files: 0, bytes: 0 };
  private arrived: Sendable[] = [];
  private readonly options: UploadOptions;

  constructor(
    private readonly send: Send,
    private readonly told: (state: UploadState) => void,
    options: Partial<UploadOptions> = {},
  ) {
    this.options = { ...USUAL, ...options };
  }

  state = (): UploadState => {
    let sent = this.done.bytes;
    for (const [file, one] of this.sending) {
      sent += Math.min(file.bytes, one.sent);
    }
    return {
      files: this.total.files,
      filesDone: this.done.files,
      bytes: this.total.bytes,
      bytesSent: sent,
      failed: this.failures.map(({ file, message }) => ({ path: file.path, message })),
      active: this.sending.size > 0 || this.head < this.queue.length,
    };
  };

  add(files: readonly Sendable[]): void {
    this.append(files);
    this.count(files, 1);
    this.next();
  }

  /** Files that were given up are tried again. */
  retry(): void {
    const again = this.failures.map(({ file }) => file);
    this.failures = [];
    this.append(again);
    this.next();
  }

  /** Stops and forgets all files below a folder. */
  drop(folder: string): void {
    const within = ({ path }: Sendable) => path.startsWith(`${folder}/`);
    const waiting = this.queue.slice(this.head);
    const gone = [...waiting.filter(within), ...[...this.sending.keys()].filter(within), ...this.failures.map(({ file }) => file).filter(within)];
    [this.queue, this.head] = [waiting.filter((file) => !within(file)), 0];
    this.failures = this.failures.filter(({ file }) => !within(file));
    for (const [file, { stop }] of this.sending) {
      if (within(file)) {
        this.sending.delete(file);
        stop.abort();
      }
    }
    const there = this.arrived.filter(within);
    this.arrived = this.arrived.filter((file) => !within(file));
    for (const { bytes } of there) {
      this.done = { files: this.done.files - 1, bytes: this.done.bytes - bytes };
    }
    this.count([...gone, ...there], -1);
    this.next();
  }

  /** Stops everything that is still on its way. */
  clear(): void {
    const stops = [...this.sending.values()];
    this.sending.clear();
    [this.queue, this.head, this.failures, this.arrived] = [[], 0, [], []];
    [this.total, this.done] = [{ files: 0, bytes: 0 }, { files: 0, bytes: 0 }];
    stops.forEach(({ stop }) => stop.abort());
    this.told(this.state());
  }

  private append(files: readonly Sendable[]): void {
    [this.queue, this.head] = [[...this.queue.slice(this.head), ...files], 0];
  }

  private count(files: readonly Sendable[], sign: 1 | -1): void {
    for (const { bytes } of files) {
      this.total.files += sign;
      this.total.bytes += sign * bytes;
    }
  }

  private next(): void {
    while (this.sending.size < this.options.parallel && this.head < this.queue.length) {
      void this.carry(this.queue[this.head++]);
    }
    this.told(this.state());
  }

  private async carry(file: Sendable): Promise<void> {
    const one = { sent: 0, stop: new AbortController() };
    this.sending.set(file, one);
    const failure = await this.tryOften(file, one);
    if (!this.sending.delete(file)) {
      return;
    }
    if (failure === null) {
      this.arrived.push(file);
      this.done = { files: this.done.files + 1, bytes: this.done.bytes + file.bytes };
    } else {
      this.failures.push({ file, message: failure });
    }
    this.next();
  }

  /** null when it arrived; otherwise why it did not. */
  private async tryOften(file: Sendable, one: { sent: number; stop: AbortController }): Promise<string | null> {
    const { signal } = one.stop;
    for (let attempt = 1; ; attempt++) {
      try {
        one.sent = 0;
        await this.send(file.path, file.file, (bytes) => this.sent(one, bytes), signal);
        return null;
      } catch (error) {
        if (signal.aborted || attempt >= this.options.tries || !isPassing(error)) {
          return error instanceof Error ? error.message : String(error);
        }
        await this.options.wait(FIRST_WAIT * 2 ** (attempt - 1), signal);
      }
    }
  }

  private sent(one: { sent: number }, bytes: number): void {
    one.sent = bytes;
    this.told(this.state());
  }
}

/** Whether trying again may help: the line broke, or the server was busy. What it refused it will refuse again. */
export function isPassing(error: unknown): boolean {
  const status = (error as { status?: unknown }).status;
  return typeof status !== "number" || status === 408 || status === 429 || status === 500 || status === 502 || status === 503 || status === 504;
}
