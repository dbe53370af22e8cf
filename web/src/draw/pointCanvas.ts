/** The main canvas: deck.gl's orthographic view and controller around one layer of points. Knows nothing about React. */
import { Deck, OrthographicView } from "@deck.gl/core";
import { clampScale, pixelsPerUnit, pointDiameter, type Size } from "./camera";
import { hexToRgb } from "./palette";
import { type PointsData, PointsLayer } from "./pointsLayer";
import { drawingOrder, grounds, Look, looks, type Marks, outlinesWrong } from "./scene";
import type { Camera } from "../state/workspace";

const GLIDE_MS = 320;
/** Layouts of a running job arrive about ten times a second; each glides until the next is due. */
const LIVE_GLIDE_MS = 110;

export interface PointCanvasEvents {
  camera(camera: Camera): void;
  /** The GPU refused: there is no WebGL 2, or its context was lost. */
  failed(message: string): void;
  /** The first points are on the screen. */
  drawn(): void;
}

export class PointCanvas {
  private readonly deck: Deck<OrthographicView>;
  private camera: Camera;
  private size: Size = { width: 1, height: 1 };
  private marks: Marks | null = null;
  /** By row: where points come from and where they go. */
  private from: Float32Array = new Float32Array(0);
  private to: Float32Array = new Float32Array(0);
  private points: PointsData | null = null;
  private mix = 1;
  private started = 0;
  private duration = GLIDE_MS;
  private frame = 0;
  private panning = true;
  private drew = false;

  constructor(
    parent: HTMLDivElement,
    camera: Camera,
    private readonly events: PointCanvasEvents,
    private readonly still: () => boolean,
  ) {
    this.camera = camera;
    this.deck = new Deck({
      parent,
      views: new OrthographicView({ id: "plane", flipY: false }),
      deviceProps: { type: "webgl", webgl: { antialias: false } },
      useDevicePixels: true,
      controller: this.controller(),
      viewState: this.viewState(),
      getCursor: () => "inherit",
      onViewStateChange: ({ viewState }) => this.moved(viewState as { target: number[]; zoom: number | number[] }),
      onAfterRender: () => {
        if (!this.drew && this.points !== null && this.deck.props.layers.length > 0) {
          this.drew = true;
          events.drawn();
        }
      },
      onError: (error: Error) => events.failed(error.message),
      layers: [],
    });
  }

  /** Points glide from where they are to the new layout; another number of points appears at once. */
  setLayout(fitted: Float32Array, live: boolean): void {
    const now = this.positions();
    const glides = now.length === fitted.length && !this.still();
    this.from = glides ? now : fitted;
    this.to = fitted;
    this.mix = glides ? 0 : 1;
    this.duration = live ? LIVE_GLIDE_MS : GLIDE_MS;
    this.started = performance.now();
    this.rebuild();
    if (glides) {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(this.glide);
    }
  }

  setMarks(marks: Marks): void {
    this.marks = marks;
    this.rebuild();
  }

  setView(camera: Camera, size: Size): void {
    this.camera = camera;
    this.size = size;
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
    return mix === 1 ? to : to.map((end, at) => from[at] + (end - from[at]) * mix);
  }

  private rebuild(): void {
    const { marks, from, to } = this;
    if (marks === null || to.length !== marks.labels.length * 2) {
      return;
    }
    const look = looks(marks);
    const order = drawingOrder(look, marks.wrong);
    const { dim } = grounds(marks.theme);
    const colors = marks.colors.map(hexToRgb);
    const points: PointsData = {
      length: order.length,
      from: new Float32Array(order.length * 2),
      to: new Float32Array(order.length * 2),
      color: new Uint8Array(order.length * 4),
      glyph: new Float32Array(order.length),
    };
    order.forEach((row, at) => {
      const plain = look[row] === Look.PLAIN;
      points.from.set(from.subarray(row * 2, row * 2 + 2), at * 2);
      points.to.set(to.subarray(row * 2, row * 2 + 2), at * 2);
      points.color.set([...(plain ? colors[marks.labels[row]] : hexToRgb(dim)), plain ? 222 : 140], at * 4);
      points.glyph[at] = plain && marks.wrong?.[row] === 1 ? 1 : 0;
    });
    this.points = points;
    this.show();
  }

  private show(): void {
    const { points, marks, camera, size } = this;
    if (points === null || marks === null) {
      return;
    }
    const layer = new PointsLayer({
      id: "points",
      points,
      mix: this.mix,
      diameter: pointDiameter(marks.labels.length, camera, size),
      ink: [...hexToRgb(grounds(marks.theme).ink)],
      outlined: outlinesWrong(marks.wrong),
    });
    this.deck.setProps({ layers: points.length > 0 ? [layer] : [] });
  }

  private base(): number {
    return pixelsPerUnit({ x: 0, y: 0, scale: 1 }, this.size);
  }

  private viewState() {
    const { camera } = this;
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
    const { x, y } = this.camera;
    this.events.camera(stopped ? { x, y, scale } : { x: target[0], y: target[1], scale });
  }
}
