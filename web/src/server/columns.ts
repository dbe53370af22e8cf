/** Raw little-endian columns: what the server sends instead of JSON for everything that has one value per observation. */

const TYPES = {
  float32: Float32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  int32: Int32Array,
} as const;

export type ColumnType = keyof typeof TYPES;
export type ColumnArray = Float32Array | Uint16Array | Uint8Array | Int32Array;

export interface Column<A extends ColumnArray = ColumnArray> {
  shape: number[];
  values: A;
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Reads one column; says what is wrong when the bytes and the headers disagree. */
export function parseColumn(buffer: ArrayBuffer, type: string | null, shape: string | null): Column {
  if (type === null || !(type in TYPES)) {
    throw new Error(`the column's type must be one of ${Object.keys(TYPES).join(", ")}, got ${type ?? "none"}`);
  }
  const axes = (shape ?? "").split(",").map((axis) => Number(axis.trim()));
  if (shape === null || shape.trim() === "" || axes.some((axis) => !Number.isInteger(axis) || axis < 0)) {
    throw new Error(`the column's shape must be whole numbers with commas between, got ${shape ?? "none"}`);
  }
  const array = TYPES[type as ColumnType];
  const expected = axes.reduce((product, axis) => product * axis, array.BYTES_PER_ELEMENT);
  if (buffer.byteLength !== expected) {
    throw new Error(
      `a ${type} column of shape ${axes.join(" x ")} has ${expected} bytes, got ${buffer.byteLength}; was the answer cut short?`,
    );
  }
  return { shape: axes, values: LITTLE_ENDIAN ? new array(buffer) : swapped(buffer, array) };
}

function swapped(buffer: ArrayBuffer, array: (typeof TYPES)[ColumnType]): ColumnArray {
  const bytes = new Uint8Array(buffer.slice(0));
  const width = array.BYTES_PER_ELEMENT;
  for (let from = 0; from < bytes.length; from += width) {
    bytes.subarray(from, from + width).reverse();
  }
  return new array(bytes.buffer);
}

/** A column that must hold floats. */
export function floats(column: Column): Column<Float32Array> {
  if (!(column.values instanceof Float32Array)) {
    throw new Error("expected a float32 column");
  }
  return { shape: column.shape, values: column.values };
}
