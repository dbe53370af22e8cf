/**
 * Trails for deck.gl in one draw call: GL lines, one strip per trail, or ribbons of some pixels for few of them. Sliding through time,
 * brushing and bundling change uniforms only; hiding and selecting change the index and the colours.
 */
import { Layer, type LayerProps, project32, type UpdateParameters } from "@deck.gl/core";
import { Buffer } from "@luma.gl/core";
import { Model } from "@luma.gl/engine";
import { stripIndex, type Trails } from "./trails";
import { lineFragmentShader, lineVertexShader, ribbonFragmentShader, ribbonVertexShader, trailsUniforms } from "./trailsShader";

/** Which part of the trails is drawn, and how: all of it uniforms. */
export interface Passing {
  strength: number;
  /** Moments between which trails are drawn. */
  from: number;
  to: number;
  /** The present, and how strongly what lies ahead of it is drawn. */
  now: number;
  ahead: number;
}

/** What the GPU holds of trails: made once for each set of them. */
export interface TrailColumns {
  trails: Trails;
  ribbon: boolean;
  straight: Float32Array;
  bundled: Float32Array;
  /** Ribbons only: the samples before and after, [vertex][4] */
  straightWays: Float32Array;
  bundledWays: Float32Array;
  /** [vertex][channel] */
  color: Uint8Array;
  /** Line or triangle strips over what is drawn. */
  index: Uint32Array;
}

interface TrailsProps {
  columns: TrailColumns;
  passing: Passing;
  opacity: number;
  /** Pixels of a ribbon, and of the ground's colour along its edges. */
  width: number;
  casing: number;
  ground: readonly [number, number, number];
}

type Name = "straight" | "bundled" | "straightWays" | "bundledWays" | "color";

const ATTRIBUTES: Record<Name, string> = {
  straight: "straightPositions",
  bundled: "bundledPositions",
  straightWays: "straightWays",
  bundledWays: "bundledWays",
  color: "trailColors",
};

/** deck.gl calls this on the layer of the moment; see pointsLayer.ts. */
function take(column: Name) {
  return function (this: Layer<TrailsProps>, attribute: object): void {
    (attribute as { value: unknown }).value = this.props.columns[column];
  } as (attribute: object) => void;
}

export class TrailsLayer extends Layer<TrailsProps & LayerProps> {
  static override layerName = "TrailsLayer";
  static override defaultProps = {
    columns: { type: "object", value: null, compare: false },
    passing: { type: "object", value: null, compare: false },
    opacity: { type: "number", value: 1 },
    width: { type: "number", value: 1 },
    casing: { type: "number", value: 0 },
    ground: { type: "array", value: [0, 0, 0], compare: true },
  } as never;

  declare state: { model: Model; index: Buffer | null; indexed: Uint32Array | null };

  override getNumInstances(): number {
    const { columns } = this.props;
    return columns.straight.length / 2;
  }

  override initializeState(): void {
    const { ribbon } = this.props.columns;
    this.getAttributeManager()!.add({
      straightPositions: { size: 2, update: take("straight") },
      bundledPositions: { size: 2, update: take("bundled") },
      ...(ribbon ? { straightWays: { size: 4, update: take("straightWays") }, bundledWays: { size: 4, update: take("bundledWays") } } : {}),
      trailColors: { size: 4, type: "unorm8", update: take("color") },
    });
    this.setState({ model: this.buildModel(ribbon), index: null, indexed: null });
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    const { props, oldProps } = parameters;
    const old = oldProps.columns as TrailColumns | null | undefined;
    for (const [column, attribute] of Object.entries(ATTRIBUTES) as [Name, string][]) {
      if (props.columns[column] !== old?.[column] && (props.columns.ribbon || !column.endsWith("Ways"))) {
        this.getAttributeManager()!.invalidate(attribute);
      }
    }
    const { index: wanted } = props.columns;
    if (wanted !== this.state.indexed) {
      this.state.index?.destroy();
      const data = wanted.length > 0 ? wanted : new Uint32Array(1);
      const index = this.context.device.createBuffer({ usage: Buffer.INDEX | Buffer.COPY_DST, data, indexType: "uint32" });
      this.state.model.setIndexBuffer(index);
      this.setState({ index, indexed: wanted });
    }
  }

  override finalizeState(context: Layer["context"]): void {
    super.finalizeState(context);
    this.state.index?.destroy();
  }

  override draw(): void {
    const { columns, passing, opacity, width, casing, ground } = this.props;
    if (columns.index.length === 0) {
      return;
    }
    const { model } = this.state;
    const [groundRed, groundGreen, groundBlue] = ground.map((part) => part / 255);
    const { samples, perSegment } = columns.trails;
    model.shaderInputs.setProps({
      trails: { ...passing, samples, perSegment, opacity, halfWidth: width / 2, casing, groundRed, groundGreen, groundBlue },
    });
    model.setVertexCount(columns.index.length);
    model.draw(this.context.renderPass);
  }

  private buildModel(ribbon: boolean): Model {
    return new Model(this.context.device, {
      ...this.getShaders({
        vs: ribbon ? ribbonVertexShader : lineVertexShader,
        fs: ribbon ? ribbonFragmentShader : lineFragmentShader,
        modules: [project32, trailsUniforms],
      }),
      id: this.props.id,
      bufferLayout: this.getAttributeManager()!.getBufferLayouts(),
      topology: ribbon ? "triangle-strip" : "line-strip",
      isInstanced: false,
    });
  }
}

const NONE = new Float32Array(0);

/** Lines over some rows of trails. */
export function lineColumns(trails: Trails, color: Uint8Array, rows: ArrayLike<number>): TrailColumns {
  return { trails, ribbon: false, straight: trails.straight, bundled: trails.bundled, straightWays: NONE, bundledWays: NONE, color, index: stripIndex(rows, trails.samples) };
}

/**
 * Ribbons over all of a few trails.
 * @param color [trail][sample][channel]
 */
export function ribbonColumns(trails: Trails, color: Uint8Array): TrailColumns {
  const straight = ribbon(trails.straight, trails.samples);
  const bundled = trails.bundled === trails.straight ? straight : ribbon(trails.bundled, trails.samples);
  const colors = new Uint32Array(trails.count * trails.samples * 2);
  const single = new Uint32Array(color.buffer, color.byteOffset, color.length / 4);
  for (let at = 0; at < single.length; at++) {
    colors[at * 2] = colors[at * 2 + 1] = single[at];
  }
  const rows = Uint32Array.from({ length: trails.count }, (_, row) => row);
  return {
    trails,
    ribbon: true,
    straight: straight.places,
    bundled: bundled.places,
    straightWays: straight.ways,
    bundledWays: bundled.ways,
    color: new Uint8Array(colors.buffer),
    index: stripIndex(rows, trails.samples * 2),
  };
}

function ribbon(all: Float32Array, samples: number): { places: Float32Array; ways: Float32Array } {
  const places = new Float32Array(all.length * 2);
  const ways = new Float32Array(all.length * 4);
  for (let at = 0; at < all.length / 2; at++) {
    const sample = at % samples;
    const before = (sample === 0 ? at : at - 1) * 2;
    const after = (sample === samples - 1 ? at : at + 1) * 2;
    for (let side = 0; side < 2; side++) {
      const vertex = at * 2 + side;
      places.set([all[at * 2], all[at * 2 + 1]], vertex * 2);
      ways.set([all[before], all[before + 1], all[after], all[after + 1]], vertex * 4);
    }
  }
  return { places, ways };
}
