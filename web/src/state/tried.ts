/** What a person brought of their own, where it lies, and where it lay before. */
import type { Placement } from "../server/placement";

export interface Tried {
  placement: Placement | null;
  /** Earlier places in the same layout, oldest first; every coordinate in the layout's own units. */
  before: readonly number[][];
  asking: boolean;
  /** Why the newest question failed; null where it did not. */
  problem: string | null;
}

export const UNTRIED: Tried = { placement: null, before: [], asking: false, problem: null };

/** So many earlier places are shown. */
export const MOST_BEFORE = 8;

/** What is known once another answer has come: a trail goes on only within one layout and step. */
export function answered(known: Tried, placement: Placement): Tried {
  const last = known.placement;
  const same = last !== null && last.digest === placement.digest && last.step === placement.step;
  const moved = same && last.position.some((value, dim) => value !== placement.position[dim]);
  const before = !same ? [] : moved ? [...known.before, last.position].slice(-MOST_BEFORE) : known.before;
  return { placement, before, asking: false, problem: null };
}

/** Whether a data set's images are digits that were scaled and centred as MNIST's. */
export const looksLikeMnist = (name: string): boolean => /mnist|digits/i.test(name) && !/fashion|kmnist|kuzushiji/i.test(name);

/** Bytes from base64. */
export function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
