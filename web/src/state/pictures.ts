/** The observations' images: all at once while they are few, otherwise in blocks when somebody looks at one. */
import type { ImageShape } from "../server/types";

export type FetchImages = (from: number, to: number) => Promise<Uint8Array>;

/** Rows per request; the images that a person looks at lie scattered. */
const BLOCK = 128;
/** Blocks that are kept; the ones not looked at for longest go first. */
const MOST_BLOCKS = 600;
const AT_ONCE = 6;

export class Pictures {
  private readonly blocks = new Map<number, Uint8Array>();
  private readonly failed = new Set<number>();
  private readonly listeners = new Set<() => void>();
  /** Asked for and not on its way yet; the newest wishes come first. */
  private wanted: number[] = [];
  private underWay = new Set<number>();
  readonly bytes: number;

  /**
   * @param whole [observation, channel, row, col] when all images are here already
   */
  constructor(
    readonly count: number,
    readonly shape: ImageShape,
    private readonly fetchImages: FetchImages,
    private readonly whole: Uint8Array | null = null,
  ) {
    this.bytes = shape.channels * shape.rows * shape.cols;
  }

  /** One image's bytes; null until they are here, and asks for them. */
  row(row: number): Uint8Array | null {
    if (this.whole !== null) {
      return this.whole.subarray(row * this.bytes, (row + 1) * this.bytes);
    }
    const block = Math.floor(row / BLOCK);
    const found = this.blocks.get(block);
    if (found === undefined) {
      this.want(block);
      return null;
    }
    this.blocks.delete(block);
    this.blocks.set(block, found);
    const start = (row - block * BLOCK) * this.bytes;
    return found.subarray(start, start + this.bytes);
  }

  /** Whether an image is here; asks for nothing. */
  has(row: number): boolean {
    return this.whole !== null || this.blocks.has(Math.floor(row / BLOCK));
  }

  /** Images of rows [from, to), for computing with them. */
  async range(from: number, to: number): Promise<Uint8Array> {
    return this.whole !== null ? this.whole.subarray(from * this.bytes, to * this.bytes) : this.fetchImages(from, to);
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
      const bytes = await this.fetchImages(block * BLOCK, Math.min(this.count, (block + 1) * BLOCK));
      this.blocks.set(block, bytes);
      if (this.blocks.size > MOST_BLOCKS) {
        this.blocks.delete(this.blocks.keys().next().value!);
      }
    } catch {
      // An image that cannot be had leaves its place empty; asking again and again would help nobody.
      this.failed.add(block);
    } finally {
      this.underWay.delete(block);
      this.listeners.forEach((listener) => listener());
      this.next();
    }
  }
}
