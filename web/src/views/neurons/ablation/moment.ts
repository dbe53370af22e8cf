/** Two layouts in one space, and the way between them. */

/** The box around both, so that points keep their places while time moves. */
function fit(both: Float32Array): { x: number; y: number; half: number } {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < both.length; at += 2) {
    left = Math.min(left, both[at]);
    right = Math.max(right, both[at]);
    bottom = Math.min(bottom, both[at + 1]);
    top = Math.max(top, both[at + 1]);
  }
  const half = Math.max(right - left, top - bottom) / 2;
  return { x: (left + right) / 2, y: (bottom + top) / 2, half: half > 0 ? half : 1 };
}

const fits = new WeakMap<Float32Array, ReturnType<typeof fit>>();

/** [2, observation, 2] at some share of the way, in [-1, 1]. */
export function moment(both: Float32Array, share: number): Float32Array {
  const found = fits.get(both) ?? fit(both);
  fits.set(both, found);
  const { x, y, half } = found;
  const length = both.length / 2;
  const points = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    const value = both[at] + (both[length + at] - both[at]) * share;
    points[at] = (value - (at % 2 === 0 ? x : y)) / half;
  }
  return points;
}
