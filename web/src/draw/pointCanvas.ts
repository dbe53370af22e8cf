/** The main canvas: deck.gl's orthographic view and controller around one layer of points. Knows nothing about React. */
import { Deck, OrthographicView } from "@deck.gl/core";
import { clampScale, pixelsPerUnit, pointDiameter, pointOpacity, type Size } from "./camera";
import { turn } from "./orbit";
import { Pace } from "./pace";
import { hexToRgb } from "./palette";
import { type PointsData, PointsLayer } from "./pointsLayer";
import { drawingOrder, grounds, Look, looks, type Marks, outlinesWrong, paint } from "./scene";
import type { Dims } from "../state/library";
import type { Camera, Eye } from "../state/workspace";

const GLIDE_MS = 320;
/** Layouts of a running job arrive about ten times a second; each glides until the next is due. */
const LIVE_GLIDE_MS = 110;
/** Fewer points than this are never thinned while the picture moves. */
const THINNED_FROM = 150_000;
const THINNED_TO = 100_000;
const REST_MS = 200;

export interface PointCanvasEvents {
  camera(camera: Camera): void;
  /** The GPU refused: there is no WebGL 2, or its context was lost. */
  failed(message: string): void;
  /** The first points are on the screen. */
  drawn(): void;
  /** While the picture moves so many points are drawn; null when all are. */
  thinned(shown: number | null): void;
}

export class PointCanvas {
  readonly pace = new Pace();
  private readonly deck: Deck<OrthographicView>;
  private size: Size = { width: 1, height: 1 };
  private marks: Marks | null = null;
  private dims: Dims = 2;
  /** By row: where points come from and where they go. */
  private from: Float32Array = new Float32Array(0);
  private to: Float32Array = new Float32Array(0);
  private painted: { color: Uint8Array; glyph: Float32Array; order: Uint32Array; some: Uint32Array | null; outlined: boolean } | null = null;
  private thin = false;
  private mix = 1;
  private started = 0;
  private duration = GLIDE_MS;
  private frame = 0;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private panning = true;
  private drew = false;

  constructor(
    parent: HTMLDivElement,
    private eye: Eye,
    private readonly events: PointCanvasEvents,
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

  /** Points glide from where they are to the new layout; another number of points or axes appears at once. */
  setLayout(fitted: Float32Array, dims: Dims, live: boolean): void {
    const glides = this.to.length === fitted.length && this.dims === dims && !this.still();
    this.from = glides ? this.positions() : fitted;
    this.to = fitted;
    this.dims = dims;
    this.mix = glides ? 0 : 1;
    this.duration = live ? LIVE_GLIDE_MS : GLIDE_MS;
    this.started = performance.now();
    this.show();
    if (glides) {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(this.glide);
    }
  }

  setMarks(marks: Marks): void {
    this.marks = marks;
    this.painted = painted(marks);
    this.show();
  }

  setView(eye: Eye, size: Size): void {
    const moves = eye !== this.eye;
    this.eye = eye;
    this.size = size;
    if (moves && this.painted !== null && this.painted.some !== null) {
      this.setThin(this.thin || this.pace.slowly());
      clearTimeout(this.rest);
      this.rest = setTimeout(() => {
        this.setThin(false);
        this.show();
      }, REST_MS);
    }
    this.deck.setProps({ viewState: this.viewState() });
    this.show();
  }

  /** Whether a drag moves the camera; in three dimensions a drag turns the layout instead, which is not deck.gl's business. */
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

  private readonly glide = (): void => {
    const elapsed = Math.min(1, (performance.now() - this.started) / this.duration);
    this.mix = this.duration === LIVE_GLIDE_MS ? elapsed : elapsed * elapsed * (3 - 2 * elapsed);
    this.show();
    if (elapsed < 1) {
      this.frame = requestAnimationFrame(this.glide);
    }
  };

  private positions(): Float32Array {
    const { from, to, mix } = this;
    if (mix === 1) {
      return to;
    }
    const now = new Float32Array(to.length);
    for (let at = 0; at < to.length; at++) {
      now[at] = from[at] + (to[at] - from[at]) * mix;
    }
    return now;
  }

  private setThin(thin: boolean): void {
    if (thin !== this.thin) {
      this.thin = thin;
      this.events.thinned(thin ? (this.painted?.some?.length ?? null) : null);
    }
  }

  private show(): void {
    const { painted, marks, dims, size, eye, from, to } = this;
    if (painted === null || marks === null || to.length !== marks.labels.length * dims || to.length === 0) {
      return;
    }
    const count = marks.labels.length;
    const order = this.thin && painted.some !== null ? painted.some : painted.order;
    const points: PointsData = { length: count, dims, from, to, order, color: painted.color, glyph: painted.glyph };
    const { ink, ground } = grounds(marks.theme);
    const layer = new PointsLayer({
      id: `points-${dims}`,
      points,
      mix: this.mix,
      diameter: pointDiameter(count, eye.camera, size),
      opacity: dims === 3 ? 1 : pointOpacity(count, eye.camera, size),
      ink: [...hexToRgb(ink)],
      ground: [...hexToRgb(ground)],
      outlined: painted.outlined,
      turn: turn(eye.orbit),
      parameters: dims === 3 ? { depthWriteEnabled: true, depthCompare: "less-equal" } : { depthWriteEnabled: false, depthCompare: "always" },
    });
    this.pace.ask();
    this.deck.setProps({ layers: [layer] });
  }

  private rendered(): void {
    this.pace.frame();
    if (!this.drew && this.painted !== null && this.deck.props.layers.length > 0) {
      this.drew = true;
      this.events.drawn();
    }
  }

  private base(): number {
    return pixelsPerUnit({ x: 0, y: 0, scale: 1 }, this.size);
  }

  private viewState() {
    const { camera } = this.eye;
    const zoom = Math.log2(this.base() * camera.scale);
    return { target: [camera.x, camera.y, 0] as [number, number, number], zoom, minZoom: -20, maxZoom: 40 };
  }

  private controller() {
    return {
      dragPan: this.panning,
      scrollZoom: { speed: 0.01, smooth: false },
      doubleClickZoom: false,
      keyboard: false,
      touchRotate: false,
      dragRotate: false,
    };
  }

  private moved({ target, zoom }: { target: number[]; zoom: number | number[] }): void {
    const wanted = 2 ** (Array.isArray(zoom) ? zoom[0] : zoom) / this.base();
    const scale = clampScale(wanted);
    const stopped = Math.abs(scale - wanted) > 1e-6 * wanted;
    const { x, y } = this.eye.camera;
    this.events.camera(stopped ? { x, y, scale } : { x: target[0], y: target[1], scale });
  }
}

/** Colours, glyphs and order of all observations: done once per change of what they mean, never per frame. */
function painted(marks: Marks) {
  const look = looks(marks);
  const order = drawingOrder(look, marks.wrong);
  const { colors, of } = paint(marks);
  const [red, green, blue] = hexToRgb(grounds(marks.theme).dim);
  const color = new Uint8Array(look.length * 4);
  const glyph = new Float32Array(look.length);
  for (let row = 0; row < look.length; row++) {
    const at = row * 4;
    if (look[row] === Look.PLAIN) {
      const rgb = colors[of(row)] ?? [136, 136, 136];
      color[at] = rgb[0];
      color[at + 1] = rgb[1];
      color[at + 2] = rgb[2];
      color[at + 3] = 222;
      glyph[row] = marks.wrong !== null && marks.wrong[row] === 1 ? 1 : 0;
    } else {
      color[at] = red;
      color[at + 1] = green;
      color[at + 2] = blue;
      color[at + 3] = 140;
      glyph[row] = 2;
    }
  }
  const every = Math.ceil(order.length / THINNED_TO);
  const some = order.length < THINNED_FROM ? null : Uint32Array.from({ length: Math.floor(order.length / every) }, (_, at) => order[at * every]);
  return { color, glyph, order, some, outlined: outlinesWrong(marks.wrong) };
}
