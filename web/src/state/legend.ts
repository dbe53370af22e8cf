/** What clicks on the legend do. */

/** A click hides a class or shows it again. */
export function toggleClass(hidden: readonly number[], label: number): number[] {
  return hidden.includes(label) ? hidden.filter((other) => other !== label) : [...hidden, label].sort((a, b) => a - b);
}

/** A double click shows this class alone; once more, all. */
export function isolateClass(hidden: readonly number[], label: number, classCount: number): number[] {
  const others = Array.from({ length: classCount }, (_, other) => other).filter((other) => other !== label);
  const alone = hidden.length === others.length && !hidden.includes(label);
  return alone ? [] : others;
}

/** Observations per class among some rows, or among all. */
export function countClasses(labels: ArrayLike<number>, classCount: number, rows?: readonly number[]): number[] {
  const counts = new Array<number>(classCount).fill(0);
  const count = rows?.length ?? labels.length;
  for (let at = 0; at < count; at++) {
    counts[labels[rows ? rows[at] : at]]++;
  }
  return counts;
}
