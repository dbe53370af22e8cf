/** Two layouts of the same things, the second turned and mirrored so that they can be compared by eye. Distances stay what they are. */

/**
 * @param layout [point * 2 + axis], the one that is turned
 * @param pairs points of it and of `reference` that are the same thing
 * @return a turned copy, around its own middle; the same where nothing is shared
 */
export function turnedTo(layout: Float32Array, reference: Float32Array, pairs: readonly (readonly [number, number])[]): Float32Array {
  if (pairs.length < 2) {
    return layout;
  }
  const mean = (values: Float32Array, which: 0 | 1): [number, number] => {
    let [x, y] = [0, 0];
    for (const pair of pairs) {
      x += values[pair[which] * 2];
      y += values[pair[which] * 2 + 1];
    }
    return [x / pairs.length, y / pairs.length];
  };
  const [ax, ay] = mean(layout, 0);
  const [bx, by] = mean(reference, 1);
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (const [mine, other] of pairs) {
    const [px, py] = [layout[mine * 2] - ax, layout[mine * 2 + 1] - ay];
    const [qx, qy] = [reference[other * 2] - bx, reference[other * 2 + 1] - by];
    xx += px * qx;
    xy += px * qy;
    yx += py * qx;
    yy += py * qy;
  }
  // The better of the best turn and the best mirrored turn.
  const [straight, mirrored] = [Math.hypot(xx + yy, xy - yx), Math.hypot(xx - yy, xy + yx)];
  const flips = mirrored > straight;
  const angle = flips ? Math.atan2(xy + yx, xx - yy) : Math.atan2(xy - yx, xx + yy);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const result = new Float32Array(layout.length);
  for (let at = 0; at < layout.length; at += 2) {
    const [x, y] = [layout[at] - ax, (layout[at + 1] - ay) * (flips ? -1 : 1)];
    result[at] = ax + cos * x - sin * y;
    result[at + 1] = ay + sin * x + cos * y;
  }
  return result;
}
