/**
 * Points for deck.gl, one GL point each: no instanced quads, no multisampling. Two position attributes and a mix between them let a
 * layout glide into another; an index says which points are drawn and in what order, so that hiding and selecting move no positions.
 */
import { Layer, type LayerProps, project32, type UpdateParameters } from "@deck.gl/core";
import { Buffer } from "@luma.gl/core";
import { Model } from "@luma.gl/engine";
import { DISTANCE, type Turn } from "./orbit";
import { fragmentShader, pointsUniforms, vertexShader } from "./pointsShader";

export interface PointsData {
  length: number;
  dims: 2 | 3;
  /** [point * dims + axis] where points were, and where they go. */
  from: Float32Array;
  to: Float32Array;
  /** [point * 4 + channel] */
  color: Uint8Array;
  /** [point] 0 circle, 1 outlined triangle, 2 circle that steps back */
  glyph: Float32Array;
  /** The points that are drawn, in this order. */
  order: Uint32Array;
}

interface PointsProps {
  points: PointsData;
  mix: number;
  diameter: number;
  opacity: number;
  ink: [number, number, number];
  ground: [number, number, number];
  /** Whether triangles have a line of ink around them. */
  outlined: boolean;
  turn: Turn;
}

type Name = "from" | "to" | "color" | "glyph";

const ATTRIBUTES: Record<Name, string> = { from: "fromPositions", to: "toPositions", color: "pointColors", glyph: "pointGlyphs" };

/**
 * An attribute's column. deck.gl calls this on the layer of the moment, not on the one that first declared the attribute: an arrow
 * function over `this` would upload the very first points for ever.
 */
function take(column: Name) {
  return function (this: Layer<PointsProps>, attribute: object): void {
    (attribute as { value: unknown }).value = this.props.points[column];
  } as (attribute: object) => void;
}

export class PointsLayer extends Layer<PointsProps & LayerProps> {
  static override layerName = "PointsLayer";
  static override defaultProps = {
    points: { type: "object", value: null, compare: false },
    mix: { type: "number", value: 1 },
    diameter: { type: "number", value: 6 },
    opacity: { type: "number", value: 1 },
    ink: { type: "array", value: [0, 0, 0], compare: true },
    ground: { type: "array", value: [1, 1, 1], compare: true },
    outlined: { type: "boolean", value: true },
    turn: { type: "object", value: null, compare: false },
  } as never;

  declare state: { model: Model; index: Buffer | null; indexed: Uint32Array | null };

  override getNumInstances(): number {
    return this.props.points.length;
  }

  override initializeState(): void {
    const { dims } = this.props.points;
    this.getAttributeManager()!.add({
      fromPositions: { size: dims, update: take("from") },
      toPositions: { size: dims, update: take("to") },
      pointColors: { size: 4, type: "unorm8", update: take("color") },
      pointGlyphs: { size: 1, update: take("glyph") },
    });
    this.setState({ model: this.buildModel(dims), index: null, indexed: null });
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    const { props, oldProps } = parameters;
    const old = oldProps.points as PointsData | null | undefined;
    for (const [column, attribute] of Object.entries(ATTRIBUTES) as [Name, string][]) {
      if (props.points[column] !== old?.[column]) {
        this.getAttributeManager()!.invalidate(attribute);
      }
    }
    if (props.points.order !== this.state.indexed) {
      this.state.index?.destroy();
      const { device } = this.context;
      const data = props.points.order.length > 0 ? props.points.order : new Uint32Array(1);
      const index = device.createBuffer({ usage: Buffer.INDEX | Buffer.COPY_DST, data, indexType: "uint32" });
      this.state.model.setIndexBuffer(index);
      this.setState({ index, indexed: props.points.order });
    }
  }

  override finalizeState(context: Layer["context"]): void {
    super.finalizeState(context);
    this.state.index?.destroy();
  }

  override draw(): void {
    const { mix, diameter, opacity, ink, ground, points, outlined, turn } = this.props;
    if (points.order.length === 0) {
      return;
    }
    const { model } = this.state;
    const [inkRed, inkGreen, inkBlue] = ink.map((part) => part / 255);
    const [groundRed, groundGreen, groundBlue] = ground.map((part) => part / 255);
    model.shaderInputs.setProps({
      points: {
        ...{ blend: mix, diameter, opacity, outline: outlined ? 1 : 0, distance: DISTANCE },
        ...{ inkRed, inkGreen, inkBlue, groundRed, groundGreen, groundBlue },
        ...turn,
      },
    });
    model.setVertexCount(points.order.length);
    model.draw(this.context.renderPass);
  }

  private buildModel(dims: 2 | 3): Model {
    return new Model(this.context.device, {
      ...this.getShaders({ vs: vertexShader(dims), fs: fragmentShader(dims), modules: [project32, pointsUniforms] }),
      id: this.props.id,
      bufferLayout: this.getAttributeManager()!.getBufferLayouts(),
      topology: "point-list",
      isInstanced: false,
    });
  }
}
