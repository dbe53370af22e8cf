/** Particles that drift through a vector field: plain arithmetic on typed arrays, the same for the same seed. */
import { coveredCells, type FieldGrid, sample, speedRange } from "./fieldGrid";

/** Places that a particle's tail remembers, the head among them. */
export const TAIL = 8;
/** Steps between two places of the tail. */
const TAIL_EVERY = 4;
/** One step of the drift, in seconds. */
const STEP = 1 / 60;
/** A pause longer than this is not caught up with: the picture goes on from where it stood. */
const LONGEST = 1 / 12;
/** Share of the picture's width that a fast particle crosses in a second. */
const CROSSING = 0.13;
const LIFE = { least: 70, most: 230 };
/** Steps over which a particle appears and vanishes. */
const FADE = 18;

export interface ParticleOptions {
  count: number;
  seed: number;
  /** The fields that are shown; particles are dealt out evenly. */
  shown: readonly number[];
}

/** A small generator: particles must not differ between two looks at the same picture. */
export function generator(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Particles {
  /** [place of the tail, 0 = head][particle][dim] in the layout's units */
  readonly places: Float32Array;
  /** [particle] length of the field's vector where it is */
  readonly speed: Float32Array;
  /** [particle] 0 while it appears or vanishes, 1 in between */
  readonly presence: Float32Array;
  /** [particle] the field that carries it */
  readonly field: Uint8Array;
  readonly count: number;
  private readonly age: Uint16Array;
  private readonly life: Uint16Array;
  private readonly cells: Uint32Array[];
  private readonly random: () => number;
  private readonly pace: number;
  private readonly vector = new Float64Array(2);
  private owed = 0;
  private steps = 0;

  constructor(
    readonly grid: FieldGrid,
    options: ParticleOptions,
  ) {
    this.random = generator(options.seed);
    this.cells = Array.from({ length: grid.fields }, (_, which) => coveredCells(grid, which));
    const shown = options.shown.filter((which) => (this.cells[which]?.length ?? 0) > 0);
    this.count = shown.length === 0 ? 0 : options.count;
    const [left, , right] = grid.bounds;
    this.pace = ((right - left) * CROSSING) / speedRange(grid).high;
    this.places = new Float32Array(TAIL * this.count * 2);
    this.speed = new Float32Array(this.count);
    this.presence = new Float32Array(this.count);
    this.field = Uint8Array.from({ length: this.count }, (_, at) => shown[at % shown.length]);
    this.age = new Uint16Array(this.count);
    this.life = new Uint16Array(this.count);
    for (let at = 0; at < this.count; at++) {
      this.respawn(at);
      this.age[at] = Math.floor(this.random() * this.life[at]);
    }
  }

  /** Lets time pass; a long absence counts as a short one. */
  advance(seconds: number): void {
    this.owed += Math.min(LONGEST, Math.max(0, seconds));
    while (this.owed >= STEP) {
      this.owed -= STEP;
      this.step();
    }
  }

  /** So many steps at once: tails for a picture that stands still. */
  settle(steps: number): void {
    for (let done = 0; done < steps; done++) {
      this.step();
    }
  }

  private step(): void {
    const { places, count } = this;
    this.steps++;
    if (this.steps % TAIL_EVERY === 0) {
      places.copyWithin(count * 2, 0, (TAIL - 1) * count * 2);
    }
    for (let at = 0; at < count; at++) {
      const age = ++this.age[at];
      if (age >= this.life[at] || !this.drift(at)) {
        this.respawn(at);
      }
      this.presence[at] = Math.min(1, this.age[at] / FADE, (this.life[at] - this.age[at]) / FADE);
    }
  }

  /** One midpoint step; false where it leaves the data. */
  private drift(at: number): boolean {
    const { places, grid, vector, field } = this;
    const [x, y] = [places[at * 2], places[at * 2 + 1]];
    const far = this.pace * STEP;
    if (!sample(grid, field[at], x, y, vector)) {
      return false;
    }
    if (!sample(grid, field[at], x + (vector[0] * far) / 2, y + (vector[1] * far) / 2, vector)) {
      return false;
    }
    this.speed[at] = Math.hypot(vector[0], vector[1]);
    places[at * 2] = x + vector[0] * far;
    places[at * 2 + 1] = y + vector[1] * far;
    return true;
  }

  /** A new place, anywhere in the cells with data; the tail does not jump along. */
  private respawn(at: number): void {
    const { grid, random, places, count } = this;
    const cells = this.cells[this.field[at]];
    const [left, bottom, right, top] = grid.bounds;
    const side = grid.grid - 1;
    const cell = cells[Math.floor(random() * cells.length)];
    const x = left + (((cell % side) + random()) / side) * (right - left);
    const y = bottom + ((Math.floor(cell / side) + random()) / side) * (top - bottom);
    for (let place = 0; place < TAIL; place++) {
      places[(place * count + at) * 2] = x;
      places[(place * count + at) * 2 + 1] = y;
    }
    sample(grid, this.field[at], x, y, this.vector);
    this.speed[at] = Math.hypot(this.vector[0], this.vector[1]);
    this.age[at] = 0;
    this.life[at] = LIFE.least + Math.floor(random() * (LIFE.most - LIFE.least));
  }
}
