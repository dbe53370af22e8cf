/** What the page holds of each observation and loads in blocks, when somebody looks at one: images, texts. */

/** Rows per request; the observations that a person looks at lie scattered. */
const BLOCK = 128;
/** Blocks that are kept; the ones not looked at for longest go first. */
const MOST_BLOCKS = 600;
const AT_ONCE = 6;

export class Blocks<T> {
  private readonly blocks = new Map<number, T>();
  private readonly failed = new Set<number>();
  private readonly listeners = new Set<() => void>();
  /** Asked for and not on its way yet; the newest wishes come first. */
  private wanted: number[] = [];
  private underWay = new Set<number>();

  /** @param fetchRows what there is of the rows [from, to) */
  constructor(
    readonly count: number,
    private readonly fetchRows: (from: number, to: number) => Promise<T>,
  ) {}

  /** The block with a row, and the row's place in it; null until it is here, and asks for it. */
  at(row: number): { block: T; place: number } | null {
    const number = Math.floor(row / BLOCK);
    const block = this.blocks.get(number);
    if (block === undefined) {
      this.want(number);
      return null;
    }
    this.blocks.delete(number);
    this.blocks.set(number, block);
    return { block, place: row - number * BLOCK };
  }

  /** Whether a row is here; asks for nothing. */
  has(row: number): boolean {
    return this.blocks.has(Math.floor(row / BLOCK));
  }

  /** Whether a row was asked for in vain. */
  lacks(row: number): boolean {
    return this.failed.has(Math.floor(row / BLOCK));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private want(block: number): void {
    if (this.underWay.has(block) || this.failed.has(block)) {
      return;
    }
    this.wanted = [...this.wanted.filter((other) => other !== block).slice(-MOST_BLOCKS / 2), block];
    queueMicrotask(() => this.next());
  }

  private next(): void {
    while (this.underWay.size < AT_ONCE && this.wanted.length > 0) {
      void this.load(this.wanted.pop()!);
    }
  }

  private async load(block: number): Promise<void> {
    this.underWay.add(block);
    try {
      this.blocks.set(block, await this.fetchRows(block * BLOCK, Math.min(this.count, (block + 1) * BLOCK)));
      if (this.blocks.size > MOST_BLOCKS) {
        this.blocks.delete(this.blocks.keys().next().value!);
      }
    } catch {
      // What cannot be had leaves its place empty; asking again and again would help nobody.
      this.failed.add(block);
    } finally {
      this.underWay.delete(block);
      this.listeners.forEach((listener) => listener());
      this.next();
    }
  }
}
