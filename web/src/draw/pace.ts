/** How quickly pictures follow each other while something moves, and whether fewer points should be drawn meanwhile. */

/** A picture asked for so soon after the last one belongs to the same movement, however long it then takes. */
const PAUSE_MS = 300;
/** So many pictures must be slow before points are left out; one that takes very long is enough. */
const FRAMES = 3;
const SLOW_MS = 70;
const VERY_SLOW_MS = 400;

export class Pace {
  private readonly frames: { time: number; busy: boolean }[] = [];
  private asked: number | null = null;
  private slow = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Another picture is wanted. */
  ask(): void {
    this.asked ??= this.now();
  }

  /** A picture is on the screen. */
  frame(): void {
    const time = this.now();
    const before = this.frames[this.frames.length - 1]?.time ?? -Infinity;
    const busy = this.asked !== null && this.asked - before < PAUSE_MS;
    this.asked = null;
    this.frames.push({ time, busy });
    if (this.frames.length > 120) {
      this.frames.shift();
    }
    if (busy) {
      const took = time - before;
      this.slow = took > VERY_SLOW_MS ? FRAMES : took > SLOW_MS ? Math.min(FRAMES, this.slow + 1) : Math.max(0, this.slow - 1);
    }
  }

  /** Whether the last frames were too slow to move with. */
  slowly(): boolean {
    return this.slow >= FRAMES;
  }

  /** Pictures per second over the last movement; 0 before there was one. */
  rate(): number {
    const last = this.frames.length - 1;
    let from = last;
    while (from > 0 && this.frames[from].busy && this.frames[last].time - this.frames[from - 1].time < 3000) {
      from--;
    }
    return last > from ? ((last - from) * 1000) / (this.frames[last].time - this.frames[from].time) : 0;
  }
}
