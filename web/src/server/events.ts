/** The stream of server-sent events, with our own reconnection so that the page can say what is going on. */
import { flat, readRun } from "./client";
import type { Job, Run, Task, TrainingProgress } from "./types";

export interface EventHandlers {
  connected(): void;
  lost(): void;
  job(job: Job | Task): void;
  run(run: Run): void;
  progress(progress: TrainingProgress & { run: string }): void;
}

export interface EventStream {
  /** Tries again at once instead of at the next interval. */
  retry(): void;
  close(): void;
}

/** Where there is no server nothing ever happens. */
export const silence = (): EventStream => ({ retry: () => undefined, close: () => undefined });

const FIRST_DELAY = 500;
const LONGEST_DELAY = 4000;

export function listen(handlers: EventHandlers, url = "api/events"): EventStream {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = FIRST_DELAY;

  function open(): void {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(url);
    source = opened;
    const on = <T>(name: string, handle: (data: T) => void) =>
      opened.addEventListener(name, (event) => handle(JSON.parse((event as MessageEvent<string>).data) as T));
    on("hello", () => {
      delay = FIRST_DELAY;
      handlers.connected();
    });
    on("job", (job: Job | Task) => handlers.job(flat(job)));
    on("run", (run: Run) => handlers.run(readRun(run)));
    on("progress", handlers.progress);
    opened.onerror = () => {
      opened.close();
      handlers.lost();
      timer = setTimeout(open, delay);
      delay = Math.min(delay * 2, LONGEST_DELAY);
    };
  }

  open();
  return {
    retry: open,
    close: () => {
      clearTimeout(timer);
      source?.close();
    },
  };
}
