/** Asks the server where the drawing lies: after every change, a moment later, and only for the newest. */
import { useCallback, useEffect, useState } from "react";
import { useApp } from "../../parts/app";
import { answered, UNTRIED } from "../../state/tried";

/** A stroke goes on for longer than this without a pause. */
const WAIT_MS = 140;

/** What is to be placed: how its file is made when it is asked for; null while there is nothing. */
export interface Drawing {
  file(): Promise<Blob>;
  /** Whether it is a text and no image. */
  text?: true;
}

export function usePlacing(digest: string | null, step: number | null, drawing: Drawing | null, centre: boolean): { placeAgain(): void } {
  const { tried, library } = useApp();
  const [version, setVersion] = useState(0);
  const placeAgain = useCallback(() => setVersion((now) => now + 1), []);
  useEffect(() => {
    if (drawing === null || digest === null) {
      tried.set(UNTRIED);
      return undefined;
    }
    const stop = new AbortController();
    const ask = async () => {
      tried.set({ ...tried.get(), asking: true });
      try {
        const placement = await library.client.place(digest, await drawing.file(), { centre, step, text: drawing.text === true }, stop.signal);
        if (!stop.signal.aborted) {
          tried.set(answered(tried.get(), placement));
        }
      } catch (error) {
        if (!stop.signal.aborted) {
          tried.set({ ...tried.get(), asking: false, problem: error instanceof Error ? error.message : String(error) });
        }
      }
    };
    const timer = setTimeout(() => void ask(), WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [digest, step, drawing, centre, version, tried, library]);
  useEffect(() => () => tried.set(UNTRIED), [tried]);
  return { placeAgain };
}
