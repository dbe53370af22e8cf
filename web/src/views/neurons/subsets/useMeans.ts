/** Mean activations of subsets: only those not known yet are asked for, all in one request. */
import { useRef } from "react";
import { useApp } from "../../../parts/app";
import { encodeRows } from "../../../state/codec";
import { subsetBody, type SubsetRow } from "./rows";

/** A lasso that is drawn again and again must not fill the memory. */
const MOST_KEPT = 400;

const keys = new WeakMap<readonly number[], string>();

function keyOf(rows: readonly number[]): string {
  const key = keys.get(rows) ?? encodeRows(rows);
  keys.set(rows, key);
  return key;
}

export interface RowMeans {
  values: Float32Array | null;
  /** Whether these are the ones from before, while the new ones are on their way. */
  old: boolean;
}

export function useMeans(path: string | null, rows: readonly SubsetRow[], observations: number): RowMeans[] {
  const { library } = useApp();
  const known = useRef(new Map<string, Float32Array>());
  const before = useRef(new Map<string, Float32Array>());
  if (path === null) {
    return rows.map(() => ({ values: null, old: false }));
  }
  const wanted = new Map<string, readonly number[]>();
  for (const { rows: members } of rows) {
    const key = members === null || members.length === 0 ? null : `${path} ${keyOf(members)}`;
    if (key !== null && !known.current.has(key)) {
      wanted.set(key, members!);
    }
  }
  if (wanted.size > 0) {
    const answer = library.answer(path, { subsets: [...wanted.values()].map((members) => subsetBody(members, observations)) });
    if (answer !== undefined && answer.values instanceof Float32Array) {
      const units = answer.shape[1];
      [...wanted.keys()].forEach((key, at) => known.current.set(key, (answer.values as Float32Array).subarray(at * units, (at + 1) * units)));
      while (known.current.size > MOST_KEPT) {
        known.current.delete(known.current.keys().next().value!);
      }
    }
  }
  return rows.map(({ key, rows: members }) => {
    const place = `${path} ${key}`;
    const values = members === null || members.length === 0 ? null : (known.current.get(`${path} ${keyOf(members)}`) ?? null);
    if (values !== null) {
      before.current.set(place, values);
      return { values, old: false };
    }
    const last = members === null || members.length === 0 ? null : (before.current.get(place) ?? null);
    return { values: last, old: last !== null };
  });
}
