/** A NumPy file of whole numbers, one axis, as numpy.save writes it. */
export function rowsNpy(rows: readonly number[]): ArrayBuffer {
  const sorted = [...rows].sort((a, b) => a - b);
  const text = `{'descr': '<i4', 'fortran_order': False, 'shape': (${sorted.length},), }`;
  const head = Math.ceil((10 + text.length + 1) / 64) * 64;
  const file = new ArrayBuffer(head + 4 * sorted.length);
  const bytes = new Uint8Array(file);
  const view = new DataView(file);
  bytes.set([0x93, ...[..."NUMPY"].map((letter) => letter.charCodeAt(0)), 1, 0]);
  view.setUint16(8, head - 10, true);
  bytes.set(new TextEncoder().encode(text.padEnd(head - 11) + "\n"), 10);
  sorted.forEach((row, at) => view.setInt32(head + 4 * at, row, true));
  return file;
}
