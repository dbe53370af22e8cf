import { useSyncExternalStore } from "react";
import { useApp } from "../../parts/app";
import type { ImportSession, ImportState } from "../../state/import/session";

export function useImport(): [ImportState, ImportSession] {
  const { imports } = useApp();
  return [useSyncExternalStore(imports.subscribe, imports.get), imports];
}

/** "3.4 MB"; whole bytes below a kilobyte. */
export function sizeText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let [value, at] = [bytes, 0];
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at]}`;
}

/** "any × 3 × 224 × 224"; a value without axes is one number. */
export const shapeText = (shape: readonly (number | null)[] | null): string =>
  shape === null || shape.length === 0 ? "one number" : shape.map((axis) => axis ?? "any").join(" × ");
