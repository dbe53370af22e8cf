/**
 * Handles for automated tests and for curious people at the console, as `window.inscape`:
 *
 *   state()                     the workspace, as in the URL
 *   fragment()                  the same as the URL's text
 *   screenPosition(row)         where an observation of the sample is drawn, {x, y} in CSS pixels of the window; null while it is
 *                               hidden, outside of the panel, or no picture is shown
 *   visible()                   rows that the large picture shows (their classes are not hidden)
 *   insets()                    the thumbnails in the picture: [{row, x, y, pointX, pointY}] in CSS pixels of the panel
 *   rate()                      pictures per second over the last movement of the large picture
 *   energy(digest)              the energy curve of a kept result; without a digest that of the newest job
 *   settled()                   true when the large picture's points are on the screen and no job moves them
 *   trail(row)                  an observation's trail as it is drawn, [sample][axis] in the layout's own units; null while none is shown
 *   trails()                    how many trails are drawn, their steps, samples per step, and the strength of bundling
 */
import type { Inset } from "../draw/insets";
import type { Size } from "../draw/camera";
import { isActive } from "../state/results";
import { toFragment } from "../state/url";
import type { App } from "./app";

interface Shown {
  count: number;
  position: (row: number) => [number, number] | null;
  visible: (row: number) => boolean;
  drawn: boolean;
  element: HTMLElement;
  rate: () => number;
}

let plane: Shown | null = null;
let insets: readonly Inset[] = [];

export interface TrailFacts {
  count: number;
  steps: number;
  perSegment: number;
  samples: number;
  strength: number;
  bundled: boolean;
}

let trails: { facts: () => TrailFacts; trail: (row: number) => Float32Array } | null = null;

export const hooks = {
  /** Called by the large picture whenever what it shows changes; gives back how to take it away. */
  showPlane(shown: Shown): () => void {
    plane = shown;
    return () => {
      plane = null;
    };
  },
  showTrails(shown: NonNullable<typeof trails>): () => void {
    trails = shown;
    return () => {
      trails = null;
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
  rate(): number;
  energy(digest?: string): readonly { iteration: number; energy: number }[];
  settled(): boolean;
  trail(row: number): number[] | null;
  trails(): TrailFacts | null;
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
      const at = plane?.position(row) ?? null;
      if (plane === null || at === null) {
        return null;
      }
      const box = plane.element.getBoundingClientRect();
      const [x, y] = at;
      const outside = x < 0 || y < 0 || x > box.width || y > box.height;
      return outside ? null : { x: box.left + x, y: box.top + y };
    },
    visible: () => {
      return plane === null ? [] : Array.from({ length: plane.count }, (_, row) => row).filter(plane.visible);
    },
    insets: () => insets,
    rate: () => plane?.rate() ?? 0,
    energy: (digest) => app.library.energyOf(digest),
    settled: () => {
      const { jobs, tasks } = app.library.get();
      return plane !== null && plane.count > 0 && plane.drawn && ![...jobs, ...tasks].some(({ job }) => isActive(job));
    },
    trail: (row) => (trails === null ? null : [...trails.trail(row)]),
    trails: () => trails?.facts() ?? null,
  };
}
