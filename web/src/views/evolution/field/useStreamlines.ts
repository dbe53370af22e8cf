/** Streamlines of a field, fetched again whenever their distance changes: one request at a time, the newest wish next. */
import { useEffect, useRef, useState } from "react";
import { useApp } from "../../../parts/app";

export interface FieldLines {
  field: number;
  /** [point, 4] line, x, y, speed */
  points: Float32Array;
}

interface Wish {
  digest: string;
  fields: readonly number[];
  separation: number;
}

const sameWish = (a: Wish | null, b: Wish | null): boolean =>
  a === b || (a !== null && b !== null && a.digest === b.digest && a.separation === b.separation && a.fields.join() === b.fields.join());

/** The newest lines there are; those before stay until the next are here. */
export function useStreamlines(digest: string | null, fields: readonly number[], separation: number): FieldLines[] {
  const { library } = useApp();
  const [lines, setLines] = useState<FieldLines[]>([]);
  const wish = useRef<Wish | null>(null);
  const busy = useRef(false);
  const key = fields.join();
  useEffect(() => {
    wish.current = digest === null ? null : { digest, fields: key.split(",").map(Number), separation };
    if (digest === null) {
      setLines([]);
      return;
    }
    const work = async () => {
      if (busy.current) {
        return;
      }
      busy.current = true;
      let done: Wish | null = null;
      try {
        while (wish.current !== null && !sameWish(done, wish.current)) {
          const asked: Wish = wish.current;
          const points = await Promise.all(asked.fields.map((field) => library.streamlines(asked.digest, field, asked.separation)));
          done = asked;
          if (wish.current?.digest === asked.digest) {
            setLines(asked.fields.map((field, at) => ({ field, points: points[at] })));
          }
        }
      } catch (error) {
        library.notify(error);
      } finally {
        busy.current = false;
      }
    };
    void work();
  }, [library, digest, key, separation]);
  useEffect(() => () => {
    wish.current = null;
  }, []);
  return lines;
}
