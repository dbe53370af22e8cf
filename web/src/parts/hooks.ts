/**
 * Handles for automated tests and for curious people at the console, as `window.inscape`:
 *
 *   state()                     the workspace, as in the URL
 *   fragment()                  the same as the URL's text
 *   screenPosition(row)         where an observation of the sample is drawn, {x, y} in CSS pixels of the window; null while it is
 *                               hidden, outside of the panel, or no picture is shown
 *   visible()                   rows that the large picture shows (their classes are not hidden)
 *   insets()                    the thumbnails in the picture: [{row, x, y, pointX, pointY}] in CSS pixels of the panel
 *   settled()                   true when the large picture's points are on the screen and no job moves them
 */
import type { Inset } from "../draw/insets";
import type { Size } from "../draw/camera";
import { isActive } from "../state/results";
import { toFragment } from "../state/url";
import type { App } from "./app";

interface Shown {
  screen: Float32Array | null;
  visible: (row: number) => boolean;
  drawn: boolean;
  element: HTMLElement;
}

let plane: Shown | null = null;
let insets: readonly Inset[] = [];

export const hooks = {
  /** Called by the large picture whenever what it shows changes; gives back how to take it away. */
  showPlane(shown: Shown): () => void {
    plane = shown;
    return () => {
      plane = null;
    };
  },
  showInsets(placed: readonly Inset[]): void {
    insets = placed;
  },
  insets: (): readonly Inset[] => insets,
  planeSize: (): Size => ({ width: plane?.element.clientWidth ?? 800, height: plane?.element.clientHeight ?? 600 }),
};

export interface TestHandles {
  state(): unknown;
  fragment(): string;
  screenPosition(row: number): { x: number; y: number } | null;
  visible(): number[];
  insets(): readonly Inset[];
  settled(): boolean;
}

declare global {
  interface Window {
    inscape?: TestHandles;
  }
}

export function installHooks(app: App): void {
  window.inscape = {
    state: () => structuredClone(app.store.get()),
    fragment: () => toFragment(app.store.get()),
    screenPosition: (row) => {
      if (plane === null || plane.screen === null || row * 2 >= plane.screen.length || !plane.visible(row)) {
        return null;
      }
      const box = plane.element.getBoundingClientRect();
      const [x, y] = [plane.screen[row * 2], plane.screen[row * 2 + 1]];
      const outside = x < 0 || y < 0 || x > box.width || y > box.height;
      return outside ? null : { x: box.left + x, y: box.top + y };
    },
    visible: () => {
      const { screen, visible } = plane ?? {};
      return screen && visible ? Array.from({ length: screen.length / 2 }, (_, row) => row).filter(visible) : [];
    },
    insets: () => insets,
    settled: () => plane?.screen != null && plane.drawn && !app.library.get().jobs.some(({ job }) => isActive(job)),
  };
}
