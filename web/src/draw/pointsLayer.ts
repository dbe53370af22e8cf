/**
 * Points for deck.gl, one GL point each: no instanced quads, no multisampling, edges smoothed in the shader. Two position
 * attributes and a mix between them let a layout glide into another without rebuilding anything.
 */
import { Layer, type LayerProps, project32, type UpdateParameters } from "@deck.gl/core";
import { Model } from "@luma.gl/engine";

export interface PointsData {
  length: number;
  /** [point * 2 + axis] where points were, and where they go. */
  from: Float32Array;
  to: Float32Array;
  /** [point * 4 + channel] */
  color: Uint8Array;
  /** [point] 0 circle, 1 outlined triangle */
  glyph: Float32Array;
}

interface PointsProps {
  points: PointsData;
  mix: number;
  diameter: number;
  ink: [number, number, number];
  /** Whether triangles have a line of ink around them. */
  outlined: boolean;
}

const BLOCK = `\
layout(std140) uniform pointsUniforms {
  float blend;
  float diameter;
  float inkRed;
  float inkGreen;
  float inkBlue;
  float outline;
} points;
`;

const pointsUniforms = {
  name: "points",
  vs: BLOCK,
  fs: BLOCK,
  uniformTypes: { blend: "f32", diameter: "f32", inkRed: "f32", inkGreen: "f32", inkBlue: "f32", outline: "f32" },
} as const;

const VERTEX = `\
#version 300 es
in vec2 fromPositions;
in vec2 toPositions;
in vec4 pointColors;
in float pointGlyphs;
out vec4 vColor;
out float vGlyph;
out float vSize;
void main(void) {
  vec2 position = mix(fromPositions, toPositions, points.blend);
  gl_Position = project_position_to_clipspace(vec3(position, 0.0), vec3(0.0), vec3(0.0));
  vSize = (points.diameter * (pointGlyphs > 0.5 ? 1.75 : 1.0) + 2.0) * project.devicePixelRatio;
  gl_PointSize = vSize;
  vColor = pointColors;
  vGlyph = pointGlyphs;
}
`;

const FRAGMENT = `\
#version 300 es
precision highp float;
in vec4 vColor;
in float vGlyph;
in float vSize;
out vec4 fragColor;
float cover(float inside) {
  return clamp(inside + 0.5, 0.0, 1.0);
}
void main(void) {
  vec2 p = (gl_PointCoord - 0.5) * vSize;
  float radius = 0.5 * vSize - 1.0;
  if (vGlyph < 0.5) {
    float alpha = vColor.a * cover(radius - length(p));
    if (alpha <= 0.004) discard;
    fragColor = vec4(vColor.rgb, alpha);
    return;
  }
  p.y -= 0.15 * radius;
  float side = max(p.y, max(0.866 * p.x - 0.5 * p.y, -0.866 * p.x - 0.5 * p.y));
  float inside = 0.56 * radius - side;
  float line = points.outline * (cover(inside) - cover(inside - 1.25 * max(1.0, vSize / 16.0)));
  float alpha = max(vColor.a * cover(inside), line);
  if (alpha <= 0.004) discard;
  fragColor = vec4(mix(vColor.rgb, vec3(points.inkRed, points.inkGreen, points.inkBlue), line), alpha);
}
`;

/**
 * An attribute's column. deck.gl calls this on the layer of the moment, not on the one that first declared the attribute: an arrow
 * function over `this` would upload the very first points for ever.
 */
function take(column: "from" | "to" | "color" | "glyph") {
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
    ink: { type: "array", value: [0, 0, 0], compare: true },
    outlined: { type: "boolean", value: true },
  } as never;

  declare state: { model: Model };

  override getNumInstances(): number {
    return this.props.points.length;
  }

  override initializeState(): void {
    this.getAttributeManager()!.add({
      fromPositions: { size: 2, update: take("from") },
      toPositions: { size: 2, update: take("to") },
      pointColors: { size: 4, type: "unorm8", update: take("color") },
      pointGlyphs: { size: 1, update: take("glyph") },
    });
    this.setState({ model: this.buildModel() });
  }

  override updateState(parameters: UpdateParameters<this>): void {
    super.updateState(parameters);
    const { props, oldProps } = parameters;
    if (props.points !== oldProps.points) {
      this.getAttributeManager()!.invalidateAll();
    }
  }

  override draw(): void {
    const { mix, diameter, ink, points, outlined } = this.props;
    const { model } = this.state;
    const [inkRed, inkGreen, inkBlue] = ink.map((part) => part / 255);
    const outline = outlined ? 1 : 0;
    model.shaderInputs.setProps({ points: { blend: mix, diameter, inkRed, inkGreen, inkBlue, outline } });
    model.setVertexCount(points.length);
    model.draw(this.context.renderPass);
  }

  private buildModel(): Model {
    return new Model(this.context.device, {
      ...this.getShaders({ vs: VERTEX, fs: FRAGMENT, modules: [project32, pointsUniforms] }),
      id: this.props.id,
      bufferLayout: this.getAttributeManager()!.getBufferLayouts(),
      topology: "point-list",
      isInstanced: false,
    });
  }
}
