/**
 * A set of row numbers as a short text for the URL. Few rows stay readable ("r12.55.90"); more become either gaps ("g",
 * variable-length) or one bit per row ("b"), whichever is shorter, in base64 without characters that a URL must escape.
 */
const READABLE = 12;
/** A wrong or hostile URL must not make the page allocate more than this many rows. */
const MOST_ROWS = 10_000_000;

export function encodeRows(rows: readonly number[]): string {
  if (rows.length === 0) {
    return "";
  }
  if (rows.length <= READABLE) {
    return `r${rows.join(".")}`;
  }
  const gaps = encodeGaps(rows);
  const bits = encodeBits(rows);
  return bits.length < gaps.length ? `b${base64(bits)}` : `g${base64(gaps)}`;
}

/** The rows of a text made by encodeRows; null when it is not one. */
export function decodeRows(text: string): number[] | null {
  if (text === "") {
    return [];
  }
  const body = text.slice(1);
  const rows = text[0] === "r" ? readable(body) : text[0] === "g" ? gaps(body) : text[0] === "b" ? bits(body) : null;
  const ascending = rows?.every((row, at) => Number.isInteger(row) && row < MOST_ROWS && row > (rows[at - 1] ?? -1));
  return ascending === true ? rows : null;
}

function readable(body: string): number[] {
  return body.split(".").map((row) => (/^\d{1,7}$/.test(row) ? Number(row) : Number.NaN));
}

function encodeGaps(rows: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let previous = -1;
  for (const row of rows) {
    let gap = row - previous - 1;
    previous = row;
    while (gap >= 128) {
      bytes.push((gap & 127) | 128);
      gap = Math.floor(gap / 128);
    }
    bytes.push(gap);
  }
  return Uint8Array.from(bytes);
}

function gaps(body: string): number[] | null {
  const bytes = fromBase64(body);
  if (bytes === null) {
    return null;
  }
  const rows: number[] = [];
  let row = -1;
  let gap = 0;
  let weight = 1;
  for (const byte of bytes) {
    gap += (byte & 127) * weight;
    weight *= 128;
    if (byte < 128) {
      row += gap + 1;
      rows.push(row);
      gap = 0;
      weight = 1;
    }
  }
  return weight === 1 ? rows : null;
}

function encodeBits(rows: readonly number[]): Uint8Array {
  const bytes = new Uint8Array((rows[rows.length - 1] >> 3) + 1);
  for (const row of rows) {
    bytes[row >> 3] |= 1 << (row & 7);
  }
  return bytes;
}

function bits(body: string): number[] | null {
  const bytes = fromBase64(body);
  return bytes === null ? null : [...bytes].flatMap((byte, at) => bitsOf(byte).map((bit) => at * 8 + bit));
}

const bitsOf = (byte: number): number[] => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1);

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
