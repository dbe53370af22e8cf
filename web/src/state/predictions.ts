/** One snapshot's predictions for the sample: scores, winners, and who is wrong. */
export interface Predictions {
  classCount: number;
  /** [observation * classCount + class] */
  scores: Float32Array;
  /** [observation] the class with the highest score */
  winner: Uint16Array;
  /** [observation] 1 where the winner is not the label */
  wrong: Uint8Array;
  wrongCount: number;
}

export function readPredictions(scores: Float32Array, classCount: number, labels: ArrayLike<number>): Predictions {
  const count = labels.length;
  if (scores.length !== count * classCount) {
    throw new Error(`predictions must hold ${count} x ${classCount} scores, got ${scores.length}`);
  }
  const winner = new Uint16Array(count);
  const wrong = new Uint8Array(count);
  let wrongCount = 0;
  for (let row = 0; row < count; row++) {
    let best = 0;
    for (let label = 1; label < classCount; label++) {
      if (scores[row * classCount + label] > scores[row * classCount + best]) {
        best = label;
      }
    }
    winner[row] = best;
    wrong[row] = best === labels[row] ? 0 : 1;
    wrongCount += wrong[row];
  }
  return { classCount, scores, winner, wrong, wrongCount };
}
