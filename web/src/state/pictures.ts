/** The observations' images: all at once while they are few, otherwise in blocks when somebody looks at one. */
import type { ImageShape } from "../server/types";
import { Blocks } from "./blocks";

export type FetchImages = (from: number, to: number) => Promise<Uint8Array>;

export class Pictures {
  readonly bytes: number;
  readonly subscribe: (listener: () => void) => () => void;
  private readonly blocks: Blocks<Uint8Array>;

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
    this.blocks = new Blocks(count, fetchImages);
    this.subscribe = this.blocks.subscribe;
  }

  /** One image's bytes; null until they are here, and asks for them. */
  row(row: number): Uint8Array | null {
    if (this.whole !== null) {
      return this.whole.subarray(row * this.bytes, (row + 1) * this.bytes);
    }
    const found = this.blocks.at(row);
    return found === null ? null : found.block.subarray(found.place * this.bytes, (found.place + 1) * this.bytes);
  }

  /** Whether an image is here; asks for nothing. */
  has(row: number): boolean {
    return this.whole !== null || this.blocks.has(row);
  }

  /** Images of rows [from, to), for computing with them. */
  async range(from: number, to: number): Promise<Uint8Array> {
    return this.whole !== null ? this.whole.subarray(from * this.bytes, to * this.bytes) : this.fetchImages(from, to);
  }
}
