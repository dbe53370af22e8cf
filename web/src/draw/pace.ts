/** How quickly pictures follow each other while something moves, and whether fewer points should be drawn meanwhile. */

/** Longer pauses are not slow frames: nothing was to be drawn. */
const PAUSE_MS = 1500;
/** So many frames must be slow before points are left out. */
const FRAMES = 3;
const SLOW_MS = 70;

export class Pace {
  private readonly times: number[] = [];
  private slow = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** A picture is on the screen. */
  frame(): void {
    const time = this.now();
    const before = this.times[this.times.length - 1];
    this.times.push(time);
    if (this.times.length > 120) {
      this.times.shift();
    }
    if (before !== undefined && time - before < PAUSE_MS) {
      this.slow = time - before > SLOW_MS ? this.slow + 1 : Math.max(0, this.slow - 1);
    }
  }

  /** Whether the last frames were too slow to move with. */
  slowly(): boolean {
    return this.slow >= FRAMES;
  }

  /** Frames per second over the last movement; 0 before there was one. */
  rate(): number {
    const last = this.times[this.times.length - 1] ?? 0;
    let from = this.times.length - 1;
    while (from > 0 && this.times[from] - this.times[from - 1] < PAUSE_MS && last - this.times[from - 1] < 2000) {
      from--;
    }
    const frames = this.times.length - 1 - from;
    return frames > 0 ? (frames * 1000) / (last - this.times[from]) : 0;
  }
}
