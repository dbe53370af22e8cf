/** The trails' shaders: where a vertex lies between straight and bundled, and which part of its trail is drawn, are uniforms. */

export const UNIFORMS = {
  strength: "f32",
  samples: "f32",
  perSegment: "f32",
  from: "f32",
  to: "f32",
  now: "f32",
  ahead: "f32",
  opacity: "f32",
  halfWidth: "f32",
  casing: "f32",
  groundRed: "f32",
  groundGreen: "f32",
  groundBlue: "f32",
} as const;

const BLOCK = `\
layout(std140) uniform trailsUniforms {
${Object.keys(UNIFORMS).map((name) => `  float ${name};`).join("\n")}
} trails;
`;

export const trailsUniforms = { name: "trails", vs: BLOCK, fs: BLOCK, uniformTypes: UNIFORMS } as const;

/** Lines: a vertex per sample; its moment follows from its place in the trail. */
export const lineVertexShader = `\
#version 300 es
in vec2 straightPositions;
in vec2 bundledPositions;
in vec4 trailColors;
out vec4 vColor;
out float vTime;
void main(void) {
  vec2 plane = mix(straightPositions, bundledPositions, trails.strength);
  gl_Position = project_position_to_clipspace(vec3(plane, 0.0), vec3(0.0), vec3(0.0));
  vTime = float(gl_VertexID % int(trails.samples)) / trails.perSegment;
  vColor = trailColors;
}
`;

export const lineFragmentShader = `\
#version 300 es
precision highp float;
in vec4 vColor;
in float vTime;
out vec4 fragColor;
void main(void) {
  if (vTime < trails.from || vTime > trails.to) discard;
  fragColor = vec4(vColor.rgb, vColor.a * trails.opacity * (vTime > trails.now ? trails.ahead : 1.0));
}
`;

/** Ribbons: two vertices per sample, moved apart across the way from the sample before to the one after, in pixels. */
export const ribbonVertexShader = `\
#version 300 es
in vec2 straightPositions;
in vec2 bundledPositions;
in vec4 straightWays;
in vec4 bundledWays;
in vec4 trailColors;
out vec4 vColor;
out float vTime;
out float vAcross;
void main(void) {
  vec2 plane = mix(straightPositions, bundledPositions, trails.strength);
  vec4 way = mix(straightWays, bundledWays, trails.strength);
  vec2 along = way.zw - way.xy;
  float far = length(along);
  vec2 across = far > 0.0 ? vec2(-along.y, along.x) / far : vec2(0.0);
  float side = gl_VertexID % 2 == 0 ? -1.0 : 1.0;
  float reach = trails.halfWidth + 1.0;
  gl_Position = project_position_to_clipspace(vec3(plane, 0.0), vec3(0.0), vec3(0.0));
  gl_Position.xy += project_pixel_size_to_clipspace(across * side * reach);
  vTime = float((gl_VertexID / 2) % int(trails.samples)) / trails.perSegment;
  vAcross = side * reach;
  vColor = trailColors;
}
`;

export const ribbonFragmentShader = `\
#version 300 es
precision highp float;
in vec4 vColor;
in float vTime;
in float vAcross;
out vec4 fragColor;
void main(void) {
  if (vTime < trails.from || vTime > trails.to) discard;
  float inside = trails.halfWidth - abs(vAcross);
  vec3 ground = vec3(trails.groundRed, trails.groundGreen, trails.groundBlue);
  vec3 color = mix(ground, vColor.rgb, clamp(inside - trails.casing + 0.5, 0.0, 1.0));
  float alpha = vColor.a * trails.opacity * clamp(inside + 0.5, 0.0, 1.0) * (vTime > trails.now ? trails.ahead : 1.0);
  if (alpha <= 0.004) discard;
  fragColor = vec4(color, alpha);
}
`;
