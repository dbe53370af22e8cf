/** The points' shader: one GL point per observation, in the plane or turned in space, edges smoothed in the fragment shader. */

export const UNIFORMS = {
  blend: "f32",
  diameter: "f32",
  opacity: "f32",
  inkRed: "f32",
  inkGreen: "f32",
  inkBlue: "f32",
  outline: "f32",
  groundRed: "f32",
  groundGreen: "f32",
  groundBlue: "f32",
  cosYaw: "f32",
  sinYaw: "f32",
  cosPitch: "f32",
  sinPitch: "f32",
  distance: "f32",
} as const;

const BLOCK = `\
layout(std140) uniform pointsUniforms {
${Object.keys(UNIFORMS).map((name) => `  float ${name};`).join("\n")}
} points;
`;

export const pointsUniforms = { name: "points", vs: BLOCK, fs: BLOCK, uniformTypes: UNIFORMS } as const;

/** glyph: 0 circle, 1 outlined triangle, 2 circle that steps back. */
export const vertexShader = (dims: 2 | 3): string => `\
#version 300 es
in vec${dims} fromPositions;
in vec${dims} toPositions;
in vec4 pointColors;
in float pointGlyphs;
out vec4 vColor;
out float vGlyph;
out float vSize;
out float vFog;
void main(void) {
  float grow = 1.0;
  float near = 1.0;
${
  dims === 2
    ? "  vec2 plane = mix(fromPositions, toPositions, points.blend);"
    : `\
  vec3 p = mix(fromPositions, toPositions, points.blend);
  float across = points.cosYaw * p.x + points.sinYaw * p.z;
  float deep = points.cosYaw * p.z - points.sinYaw * p.x;
  near = points.sinPitch * p.y + points.cosPitch * deep;
  grow = points.distance / (points.distance - near);
  vec2 plane = vec2(across, points.cosPitch * p.y - points.sinPitch * deep) * grow;`
}
  gl_Position = project_position_to_clipspace(vec3(plane, 0.0), vec3(0.0), vec3(0.0));
  ${dims === 3 ? "gl_Position.z = (clamp(-near, -1.0, 1.0) * 0.45 + (pointGlyphs > 1.5 ? 0.5 : -0.5)) * gl_Position.w;" : ""}
  vFog = ${dims === 3 ? "clamp((1.0 - near) * 0.5, 0.0, 1.0) * 0.62" : "0.0"};
  bool wrong = pointGlyphs > 0.5 && pointGlyphs < 1.5;
  vSize = (points.diameter * grow * (wrong ? 1.75 : 1.0) + 2.0) * project.devicePixelRatio;
  gl_PointSize = vSize;
  vColor = vec4(pointColors.rgb, pointColors.a * points.opacity);
  vGlyph = wrong ? 1.0 : 0.0;
}
`;

/** In space a fragment that is hardly covered must not hide what lies behind it. */
export const fragmentShader = (dims: 2 | 3): string => `\
#version 300 es
precision highp float;
in vec4 vColor;
in float vGlyph;
in float vSize;
in float vFog;
out vec4 fragColor;
float cover(float inside) {
  return clamp(inside + 0.5, 0.0, 1.0);
}
vec3 misty(vec3 color) {
  return mix(color, vec3(points.groundRed, points.groundGreen, points.groundBlue), vFog);
}
void main(void) {
  vec2 p = (gl_PointCoord - 0.5) * vSize;
  float radius = 0.5 * vSize - 1.0;
  if (vGlyph < 0.5) {
    float alpha = vColor.a * cover(radius - length(p));
    if (alpha <= ${dims === 3 ? "0.35 * vColor.a" : "0.004"}) discard;
    fragColor = vec4(misty(vColor.rgb), alpha);
    return;
  }
  p.y -= 0.15 * radius;
  float side = max(p.y, max(0.866 * p.x - 0.5 * p.y, -0.866 * p.x - 0.5 * p.y));
  float inside = 0.56 * radius - side;
  float line = points.outline * (cover(inside) - cover(inside - 1.25 * max(1.0, vSize / 16.0)));
  float alpha = max(vColor.a * cover(inside), line);
  if (alpha <= ${dims === 3 ? "0.35" : "0.004"}) discard;
  fragColor = vec4(misty(mix(vColor.rgb, vec3(points.inkRed, points.inkGreen, points.inkBlue), line)), alpha);
}
`;
