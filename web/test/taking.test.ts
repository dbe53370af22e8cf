import { describe, expect, it } from "vitest";
import { rowsNpy } from "../src/draw/npy";
import { isHere, isStatic } from "../src/server/recorded";

describe("a selection as a NumPy file", () => {
  it("has numpy's header, aligned data, and the rows in order", () => {
    const file = rowsNpy([9, 2, 300]);
    const bytes = new Uint8Array(file);
    expect([...bytes.subarray(0, 8)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0]);
    const length = new DataView(file).getUint16(8, true);
    expect((10 + length) % 64).toBe(0);
    const head = new TextDecoder().decode(bytes.subarray(10, 10 + length));
    expect(head.trimEnd()).toBe("{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }");
    expect(head.endsWith("\n")).toBe(true);
    expect([...new Int32Array(file.slice(10 + length))]).toEqual([2, 9, 300]);
  });
});

describe("a page with a server", () => {
  it("is no copy and has all views", () => {
    expect(isStatic()).toBe(false);
    expect(isHere("neurons")).toBe(true);
  });
});
