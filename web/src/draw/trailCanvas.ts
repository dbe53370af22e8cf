/** The canvas of trails: points at a moment, trails through all moments, and what other parts lay under them. Knows nothing about React. */
import { Deck, type Layer, OrthographicView } from "@deck.gl/core";
import { clampScale, pixelsPerUnit, type Size } from "./camera";
import { Pace } from "./pace";
import { hexToRgb } from "./palette";
import { type PointsData, PointsLayer } from "./pointsLayer";
import { Look } from "./scene";
import { turn } from "./orbit";
import { clearer, lineColors, pointColors, rampOf, ribbonColors, trailLooks, type TrailMarks } from "./trailScene";
import { TRAIL_GROUND, TRAIL_INK, type Ramp } from "./trailColors";
import { lineColumns, type Passing, ribbonColumns, type TrailColumns, TrailsLayer } from "./trailsLayer";
import { meanTrails, moment, someTrails, stripIndex, trailOpacity, type Trails } from "./trails";
import type { Camera } from "../state/workspace";

export interface TrailCanvasEvents {
  camera(camera: Camera): void;
  failed(message: string): void;
  drawn(): void;
  /** While the picture moves so many trails are drawn; null when all are. */
  thinned(shown: number | null): void;
}

export interface TrailStyle {
  trails: boolean;
  means: boolean;
  /** Observations whose trails stand out. */
  rows: readonly number[];
}

export interface TrailMoment {
  at: number;
  from: number;
  to: number;
  strength: number;
}

interface Under {
  layers: readonly Layer[];
  moving?: (seconds: number) => readonly Layer[];
  above?: number;
}

/** Where trails are many and pictures come slowly, so many are drawn while something moves. */
const THINNED_FROM = 600;
const THINNED_TO = 400;
const REST_MS = 220;
/** Two turns of the browser take 33 ms where nothing holds it up. */
const LAG_MS = 140;
/** How strongly what lies ahead of the present is drawn. */
const AHEAD = 0.28;
const LEVEL = turn({ yaw: 0, pitch: 0 });
const [MEAN_WIDTH, ROW_WIDTH] = [5, 5];
/** More trails than this do not stand out as ribbons. */
export const MOST_RIBBONS = 60;

export class TrailCanvas {
  readonly pace = new Pace();
  private readonly deck: Deck<OrthographicView>;
  private readonly began = performance.now();
  private size: Size = { width: 1, height: 1 };
  private layouts: readonly Float32Array[] = [];
  private trails: Trails | null = null;
  private marks: TrailMarks | null = null;
  private style: TrailStyle = { trails: true, means: false, rows: [] };
  private now: TrailMoment = { at: 0, from: 0, to: 0, strength: 0 };
  private under: Under = { layers: [] };
  private lines: TrailColumns | null = null;
  private few: Uint32Array | null = null;
  private points: Omit<PointsData, "from" | "to"> | null = null;
  private means: TrailColumns | null = null;
  private rows: TrailColumns | null = null;
  private marked: Uint32Array = new Uint32Array(0);
  private shown = 0;
  private thin = false;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private panning = true;
  private measuring = false;
  private lag = 0;
  private drew = false;

  constructor(
    parent: HTMLDivElement,
    private camera: Camera,
    private readonly events: TrailCanvasEvents,
    private readonly still: () => boolean,
  ) {
    this.deck = new Deck({
      parent,
      views: new OrthographicView({ id: "plane", flipY: false }),
      deviceProps: { type: "webgl", webgl: { antialias: false } },
      useDevicePixels: true,
      controller: this.controller(),
      viewState: this.viewState(),
      getCursor: () => "inherit",
      onViewStateChange: ({ viewState }) => this.moved(viewState as { target: number[]; zoom: number | number[] }),
      onAfterRender: () => this.rendered(),
      onError: (error: Error) => events.failed(error.message),
      layers: [],
    });
  }

  /** @param layouts [step] each [observation * 2 + axis] in the canvas's units */
  setTrails(layouts: readonly Float32Array[], trails: Trails): void {
    this.layouts = layouts;
    this.trails = trails;
    this.prepare();
  }

  setMarks(marks: TrailMarks): void {
    this.marks = marks;
    this.prepare();
  }

  setStyle(style: TrailStyle): void {
    const before = this.style;
    this.style = style;
    if (before.rows !== style.rows || before.means !== style.means) {
      this.prepareRibbons();
    }
    this.show();
  }

  setUnder(under: Under): void {
    this.under = under;
    cancelAnimationFrame(this.frame);
    if (under.moving !== undefined && !this.still()) {
      const turnOver = () => {
        this.show();
        this.frame = requestAnimationFrame(turnOver);
      };
      this.frame = requestAnimationFrame(turnOver);
    }
    this.show();
  }

  setMoment(now: TrailMoment): void {
    this.now = now;
    this.hurry();
    this.show();
  }

  setView(camera: Camera, size: Size): void {
    const moves = camera !== this.camera;
    this.camera = camera;
    this.size = size;
    if (moves) {
      this.hurry();
    }
    this.deck.setProps({ viewState: this.viewState() });
    this.show();
  }

  setPanning(panning: boolean): void {
    if (panning !== this.panning) {
      this.panning = panning;
      this.deck.setProps({ controller: this.controller() });
    }
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.rest);
    this.deck.finalize();
  }

  /** While something moves and pictures come slowly, fewer trails are drawn. */
  private hurry(): void {
    if (this.few === null) {
      return;
    }
    this.setThin(this.thin || this.pace.slowly() || this.lag > LAG_MS);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.setThin(false);
      this.show();
    }, REST_MS);
  }

  /** How long the browser waits for all trails: its next but one turn comes when they are on the screen. */
  private measure(): void {
    if (this.thin || this.measuring) {
      return;
    }
    this.measuring = true;
    const asked = performance.now();
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.measuring = false;
        this.lag = performance.now() - asked;
      }),
    );
  }

  private setThin(thin: boolean): void {
    if (thin !== this.thin) {
      this.thin = thin;
      this.events.thinned(thin ? THINNED_TO : null);
    }
  }

  /** Colours, order and index: done when what they mean changes, never per picture. */
  private prepare(): void {
    const { trails, marks } = this;
    if (trails === null || marks === null || marks.labels.length !== trails.count) {
      return;
    }
    const look = trailLooks(marks);
    const { color, glyph, order } = pointColors(marks, look);
    this.points = { length: trails.count, dims: 2, color, glyph, order };
    this.lines = lineColumns(trails, lineColors(trails, marks, look), order);
    this.shown = 0;
    for (const row of order) {
      this.shown += look[row] === Look.PLAIN ? 1 : 0;
    }
    const every = Math.ceil(order.length / THINNED_TO);
    this.few = order.length < THINNED_FROM ? null : stripIndex(order.filter((_, at) => at % every === 0), trails.samples);
    this.prepareRibbons();
    this.show();
  }

  private prepareRibbons(): void {
    const { trails, marks, style } = this;
    this.means = null;
    this.rows = null;
    if (trails === null || marks === null || marks.labels.length !== trails.count) {
      return;
    }
    if (style.means) {
      const { of, ramps } = marks.groups ?? { of: marks.labels, ramps: marks.ramps };
      const byClass = marks.groups === undefined;
      const shown = Array.from({ length: ramps.length }, (_, label) => label).filter((label) => !byClass || !marks.hiddenClasses.includes(label));
      const means = someTrails(meanTrails(trails, of, ramps.length), shown);
      const aside = (label: number) => byClass && ((marks.highlight.length > 0 && !marks.highlight.includes(label)) || (marks.emphasis !== null && marks.emphasis !== label));
      this.means = ribbonColumns(means, ribbonColors(means, shown.map((label) => ramps[label]), shown.map((label) => (aside(label) ? 70 : 255))));
    }
    const rows = style.rows.filter((row) => row < trails.count).slice(0, MOST_RIBBONS);
    if (rows.length > 0) {
      const some = someTrails(trails, rows);
      this.marked = Uint32Array.from(rows);
      const ramps: Ramp[] = rows.map((row) => clearer(rampOf(marks, row)));
      this.rows = ribbonColumns(some, ribbonColors(some, ramps, rows.map(() => 255)));
    }
  }

  private show(): void {
    const { points, trails, marks, layouts, now, size, under, style } = this;
    if (points === null || trails === null || marks === null || layouts.length !== trails.steps) {
      return;
    }
    this.pace.ask();
    this.measure();
    const above = under.above ?? 1;
    const ground = hexToRgb(TRAIL_GROUND[marks.theme]);
    const passing: Passing = { strength: now.strength, from: now.from, to: now.to, now: now.at, ahead: AHEAD };
    const flat = { depthWriteEnabled: false, depthCompare: "always" } as const;
    const layers: Layer[] = [...under.layers, ...(under.moving?.((performance.now() - this.began) / 1000) ?? [])];
    const add = (id: string, columns: TrailColumns, opacity: number, width: number, casing: number) =>
      layers.push(new TrailsLayer({ id, columns, passing, opacity, width, casing, ground, parameters: flat }));
    if (style.trails && this.lines !== null) {
      const columns = this.thin && this.few !== null ? { ...this.lines, index: this.few } : this.lines;
      const side = Math.min(size.width, size.height) * this.camera.scale;
      const most = this.thin ? Math.min(this.shown, THINNED_TO) : this.shown;
      add("trails", columns, trailOpacity(most, side) * above * (this.means === null ? 1 : 0.45), 1, 0);
    }
    const { step, share } = moment(now.at, layouts.length);
    const data: PointsData = { ...points, from: layouts[step], to: layouts[Math.min(step + 1, layouts.length - 1)] };
    const room = Math.sqrt((size.width * size.height) / points.length) * (style.trails ? 0.22 : 0.3);
    const diameter = Math.min(14, Math.max(2.4, Math.min(6, room)) * Math.max(0.8, this.camera.scale ** 0.35));
    const dots = (id: string, shown: PointsData, wide: number, opacity: number) =>
      layers.push(
        new PointsLayer({
          ...{ id, points: shown, mix: share, diameter: wide, opacity, ink: [...hexToRgb(TRAIL_INK)], ground: [...ground] },
          ...{ outlined: false, turn: LEVEL, parameters: flat },
        }),
      );
    dots("points", data, diameter, (0.35 + 0.65 * above) * (this.means === null ? 1 : 0.5));
    if (this.means !== null) {
      add("means", this.means, 0.95 * above, MEAN_WIDTH, 1.2);
    }
    if (this.rows !== null) {
      add("rows", this.rows, 1, ROW_WIDTH, 1.2);
      dots("row-points", { ...data, order: this.marked }, diameter + 4, 1);
    }
    this.deck.setProps({ layers });
  }

  private rendered(): void {
    this.pace.frame();
    if (!this.drew && this.points !== null && this.deck.props.layers.length > 0) {
      this.drew = true;
      this.events.drawn();
    }
  }

  private base(): number {
    return pixelsPerUnit({ x: 0, y: 0, scale: 1 }, this.size);
  }

  private viewState() {
    const { camera } = this;
    return { target: [camera.x, camera.y, 0] as [number, number, number], zoom: Math.log2(this.base() * camera.scale), minZoom: -20, maxZoom: 40 };
  }

  private controller() {
    return { dragPan: this.panning, scrollZoom: { speed: 0.01, smooth: false }, doubleClickZoom: false, keyboard: false, touchRotate: false, dragRotate: false };
  }

  private moved({ target, zoom }: { target: number[]; zoom: number | number[] }): void {
    const wanted = 2 ** (Array.isArray(zoom) ? zoom[0] : zoom) / this.base();
    const scale = clampScale(wanted);
    const stopped = Math.abs(scale - wanted) > 1e-6 * wanted;
    const { x, y } = this.camera;
    this.events.camera(stopped ? { x, y, scale } : { x: target[0], y: target[1], scale });
  }
}
