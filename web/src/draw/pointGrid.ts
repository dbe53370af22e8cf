/** Points in the cells of a grid, so that finding the one under the pointer looks at few of a million. */

/** Points per cell, on average over the occupied area. */
const PER_CELL = 8;
const MOST_CELLS_ACROSS = 1024;

export class PointGrid {
  private readonly across: number;
  private readonly left: number;
  private readonly bottom: number;
  private readonly cell: number;
  /** [cell] where its rows begin in `rows`; one more at the end */
  private readonly starts: Uint32Array;
  private readonly rows: Uint32Array;

  /** @param flat [point * 2 + axis], not modified */
  constructor(private readonly flat: Float32Array) {
    const count = flat.length / 2;
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let at = 0; at < flat.length; at += 2) {
      // Written so that points without a place (NaN) are passed over.
      left = flat[at] < left ? flat[at] : left;
      right = flat[at] > right ? flat[at] : right;
      bottom = flat[at + 1] < bottom ? flat[at + 1] : bottom;
      top = flat[at + 1] > top ? flat[at + 1] : top;
    }
    this.across = Math.max(1, Math.min(MOST_CELLS_ACROSS, Math.ceil(Math.sqrt(count / PER_CELL))));
    this.left = Number.isFinite(left) ? left : 0;
    this.bottom = Number.isFinite(bottom) ? bottom : 0;
    this.cell = right >= left ? Math.max(right - left, top - bottom, 1e-12) / this.across : 1;
    this.starts = new Uint32Array(this.across ** 2 + 1);
    this.rows = new Uint32Array(count);
    for (let row = 0; row < count; row++) {
      this.starts[this.cellOf(row) + 1]++;
    }
    for (let at = 1; at < this.starts.length; at++) {
      this.starts[at] += this.starts[at - 1];
    }
    const next = this.starts.slice();
    for (let row = 0; row < count; row++) {
      this.rows[next[this.cellOf(row)]++] = row;
    }
  }

  /** The visible point nearest to a position within a radius; of equally near ones the last, which is drawn on top. */
  nearest(x: number, y: number, radius: number, visible: (row: number) => boolean): number | null {
    const [fromX, toX] = [this.column(x - radius - this.left), this.column(x + radius - this.left)];
    const [fromY, toY] = [this.column(y - radius - this.bottom), this.column(y + radius - this.bottom)];
    let best: number | null = null;
    let closest = radius * radius;
    for (let line = fromY; line <= toY; line++) {
      const end = this.starts[line * this.across + toX + 1];
      for (let at = this.starts[line * this.across + fromX]; at < end; at++) {
        const row = this.rows[at];
        const squared = (this.flat[row * 2] - x) ** 2 + (this.flat[row * 2 + 1] - y) ** 2;
        const better = squared < closest || (squared === closest && row > (best ?? -1));
        if (better && visible(row)) {
          closest = squared;
          best = row;
        }
      }
    }
    return best;
  }

  private column(offset: number): number {
    return Math.max(0, Math.min(this.across - 1, Math.floor(offset / this.cell)));
  }

  private cellOf(row: number): number {
    const x = this.column(this.flat[row * 2] - this.left);
    return this.column(this.flat[row * 2 + 1] - this.bottom) * this.across + x;
  }
}
