/** Soft strokes of a fixed width in pixels for deck.gl: streamlines that stand, or particles whose tails move with every picture. */
import { Layer, type LayerProps, project32, type UpdateParameters } from "@deck.gl/core";
import { Buffer } from "@luma.gl/core";
import { Model } from "@luma.gl/engine";
import { HALF_STROKE, type Ribbons } from "./streamlines";

export interface Strokes extends Omit<Ribbons, "lines" | "arrows"> {
  /** For strokes that move: makes the next picture's; false when nothing changed. */
  advance?: (seconds: number) => boolean;
}

interface StrokesProps {
  strokes: Strokes;
  /** Whether `advance` is called before every picture. */
  moving: boolean;
  opacity: number;
}

const UNIFORMS = { halfStroke: "f32", fade: "f32" } as const;
const BLOCK = `\
layout(std140) uniform strokesUniforms {
  float halfStroke;
  float fade;
} strokes;
`;
const uniforms = { name: "strokes", vs: BLOCK, fs: BLOCK, uniformTypes: UNIFORMS } as const;

const VERTEX = `\
#version 300 es
in vec2 strokePositions;
in vec2 strokeOffsets;
in float strokeEdges;
in vec4 strokeColors;
out vec4 vColor;
out float vEdge;
void main(void) {
  gl_Position = project_position_to_clipspace(vec3(strokePositions, 0.0), vec3(0.0), vec3(0.0));
  gl_Position.xy += project_pixel_size_to_clipspace(strokeOffsets);
  vColor = vec4(strokeColors.rgb, strokeColors.a * strokes.fade);
  vEdge = strokeEdges;
}
`;

const FRAGMENT = `\
#version 300 es
precision highp float;
in vec4 vColor;
in float vEdge;
out vec4 fragColor;
void main(void) {
  float cover = clamp(strokes.halfStroke + 0.5 - abs(vEdge), 0.0, 1.0);
  float alpha = vColor.a * cover;
  if (alpha <= 0.004) discard;
  fragColor = vec4(vColor.rgb, alpha);
}
`;

const LAYOUTS = [
  { name: "strokePositions", format: "float32x2" },
  { name: "strokeOffsets", format: "float32x2" },
  { name: "strokeEdges", format: "float32" },
  { name: "strokeColors", format: "unorm8x4" },
] as const;

type Columns = "positions" | "offsets" | "edges" | "colors";
const COLUMNS: readonly Columns[] = ["positions", "offsets", "edges", "colors"];

interface StrokesState {
  model: Model;
  buffers: Buffer[];
  index: Buffer | null;
  shown: Strokes | null;
  frame: number;
  last: number;
}

export class StrokesLayer extends Layer<StrokesProps & LayerProps> {
  static override layerName = "StrokesLayer";
  static override defaultProps = {
    strokes: { type: "object", value: null, compare: false },
    moving: { type: "boolean", value: false },
    opacity: { type: "number", value: 1 },
  } as never;

  declare state: StrokesState & Record<string, unknown>;

  override getNumInstances(): number {
    return this.props.strokes.edges.length;
  }

  override initializeState(): void {
    const model = new Model(this.context.device, {
      ...this.getShaders({ vs: VERTEX, fs: FRAGMENT, modules: [project32, uniforms] }),
      id: this.props.id,
      bufferLayout: [...LAYOUTS],
      topology: "triangle-list",
      isInstanced: false,
    });
    this.setState({ model, buffers: [], index: null, shown: null, frame: 0, last: 0 });
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    if (this.props.strokes !== this.state.shown) {
      this.upload(this.props.strokes);
    }
    const moves = this.props.moving && this.props.strokes.advance !== undefined;
    if (moves && this.state.frame === 0) {
      this.state.last = performance.now();
      this.state.frame = requestAnimationFrame(this.tick);
    } else if (!moves) {
      this.halt();
    }
  }

  override finalizeState(context: Layer["context"]): void {
    super.finalizeState(context);
    this.halt();
    this.release();
  }

  override draw(): void {
    const { strokes, opacity } = this.props;
    if (strokes.triangles.length === 0) {
      return;
    }
    const { model } = this.state;
    model.shaderInputs.setProps({ strokes: { halfStroke: HALF_STROKE, fade: opacity } });
    model.setVertexCount(strokes.triangles.length);
    model.draw(this.context.renderPass);
  }

  /** deck.gl replaces layers and hands their state on: what runs between pictures must reach the strokes through the state. */
  private readonly tick = (now: number): void => {
    const { shown, buffers, last } = this.state;
    this.state.frame = requestAnimationFrame(this.tick);
    this.state.last = now;
    if (shown?.advance?.((now - last) / 1000) === true) {
      for (const at of [0, 1, 3]) {
        buffers[at].write(shown[COLUMNS[at]]);
      }
      this.setNeedsRedraw();
    }
  };

  private halt(): void {
    cancelAnimationFrame(this.state.frame);
    this.state.frame = 0;
  }

  private upload(strokes: Strokes): void {
    const { device } = this.context;
    const { model } = this.state;
    this.release();
    const some = strokes.triangles.length > 0;
    const buffers = COLUMNS.map((column) => device.createBuffer({ usage: Buffer.VERTEX | Buffer.COPY_DST, data: some ? strokes[column] : new Uint8Array(16) }));
    model.setAttributes(Object.fromEntries(LAYOUTS.map(({ name }, at) => [name, buffers[at]])));
    const index = device.createBuffer({ usage: Buffer.INDEX | Buffer.COPY_DST, data: some ? strokes.triangles : new Uint32Array(3), indexType: "uint32" });
    model.setIndexBuffer(index);
    this.setState({ buffers, index, shown: strokes });
  }

  private release(): void {
    this.state.buffers.forEach((buffer) => buffer.destroy());
    this.state.index?.destroy();
  }
}
