/** Where observations are at the present moment, asked for only when somebody points at them. */
import { Locator } from "../../draw/locator";
import { positionsAt } from "../../draw/trails";

const LEVEL = { yaw: 0, pitch: 0 };

export class Momentary {
  private at = Number.NaN;
  private located: Locator | null = null;

  /** @param layouts [step][observation][axis] in the canvas's units */
  constructor(
    private readonly layouts: Float32Array,
    readonly steps: number,
  ) {}

  get count(): number {
    return this.layouts.length / this.steps / 2;
  }

  locator(at: number): Locator {
    if (this.located === null || at !== this.at) {
      this.at = at;
      this.located = new Locator(positionsAt(this.layouts, this.steps, at), 2, LEVEL);
    }
    return this.located;
  }
}
