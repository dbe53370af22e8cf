/** Trails as a still picture: on a 2-D canvas where there is no WebGL and for PNG, and as SVG; with legend and provenance. */
import { pixelsPerUnit, type Size, toScreen } from "./camera";
import { wrapped } from "./exports";
import { type Rgb, rgbToHex } from "./palette";
import { drawingOrder, Look } from "./scene";
import { HALF_STROKE, headArms, type StillLine } from "./streamlines";
import { GREY, RAMP, type Ramp, TRAIL_GROUND, TRAIL_INK } from "./trailColors";
import { rampOf, trailLooks, type TrailMarks } from "./trailScene";
import { meanTrails, positionsAt, trailOpacity, type Trails } from "./trails";
import type { Camera } from "../state/workspace";

export interface TrailPicture {
  title: string;
  provenance: string[];
  /** [step][observation][axis] in the canvas's units */
  layouts: Float32Array;
  trails: Trails;
  marks: TrailMarks;
  /** Whether trails are drawn, and class means over them. */
  lines: boolean;
  means: boolean;
  at: number;
  from: number;
  to: number;
  strength: number;
  stepNames: readonly string[];
  /** Names of the classes, or of the groups where trails are coloured by group. */
  classNames: readonly string[];
  /** Under the trails, where it is shown. */
  field: FieldStill | null;
  camera: Camera;
  size: Size;
}

/** A vector field that stands still, with what its colours mean. */
export interface FieldStill {
  lines: readonly StillLine[];
  opacity: number;
  /** How strongly trails and points are drawn above it, 0..1. */
  above: number;
  /** Words at the ends of the ramp, and its colours. */
  low: string;
  high: string;
  stops: readonly { color: Rgb; opacity: number }[];
  /** The fields by colour, where there are several. */
  keys: readonly { name: string; color: string }[];
}

/** One stroke: a part of a trail within which the colour hardly changes. */
interface Stroke {
  points: number[];
  color: string;
  opacity: number;
  width: number;
}

/** Colours that a trail has at least. */
const LEAST_PIECES = 4;
const MOST_PIECES = 24;

function strokes(picture: TrailPicture): Stroke[] {
  const { trails, marks, camera, size, from, to } = picture;
  const look = trailLooks(marks);
  const found: Stroke[] = [];
  const side = Math.min(size.width, size.height) * camera.scale;
  const order = drawingOrder(look, null);
  let plain = 0;
  for (const row of order) {
    plain += look[row] === Look.PLAIN ? 1 : 0;
  }
  const above = picture.field?.above ?? 1;
  const opacity = trailOpacity(plain, side) * above * (picture.means ? 0.45 : 1);
  if (picture.lines) {
    for (const row of order) {
      const stands = look[row] === Look.PLAIN;
      const ramp = stands ? rampOf(marks, row) : GREY;
      pieces(trails, row, picture, { ramp, opacity: stands ? opacity : opacity * 0.18, width: 1 }, found);
    }
  }
  if (picture.means && picture.lines && to > from) {
    const { of, ramps } = marks.groups ?? { of: marks.labels, ramps: marks.ramps };
    const means = meanTrails(trails, of, ramps.length);
    ramps.forEach((ramp, label) => {
      if (marks.groups !== undefined || !marks.hiddenClasses.includes(label)) {
        pieces(means, label, picture, { ramp, opacity: 0.95 * above, width: 4 }, found);
      }
    });
  }
  return found;
}

function pieces(trails: Trails, row: number, picture: TrailPicture, style: { ramp: Ramp; opacity: number; width: number }, found: Stroke[]): void {
  const { camera, size, from, to, strength } = picture;
  const { samples, perSegment, straight, bundled } = trails;
  const last = samples - 1;
  const first = Math.max(0, from * perSegment);
  const end = Math.min(last, to * perSegment);
  if (end <= first) {
    return;
  }
  const [left, top] = toScreen(0, 0, camera, size);
  const scale = pixelsPerUnit(camera, size);
  const point = (sample: number, into: number[]) => {
    const low = Math.min(last - 1, Math.floor(sample));
    const share = sample - low;
    const at = (row * samples + low) * 2;
    const mixed = (place: number) => straight[place] + (bundled[place] - straight[place]) * strength;
    into.push(left + (mixed(at) + (mixed(at + 2) - mixed(at)) * share) * scale, top - (mixed(at + 1) + (mixed(at + 3) - mixed(at + 1)) * share) * scale);
  };
  const count = Math.max(LEAST_PIECES, Math.min(MOST_PIECES, Math.ceil(end - first)));
  for (let piece = 0; piece < count; piece++) {
    const start = first + ((end - first) * piece) / count;
    const stop = first + ((end - first) * (piece + 1)) / count;
    const points: number[] = [];
    point(start, points);
    for (let sample = Math.floor(start) + 1; sample < stop; sample++) {
      point(sample, points);
    }
    point(stop, points);
    const moment = (start + stop) / 2 / last;
    found.push({ points, color: rgbToHex(style.ramp[Math.round(moment * (RAMP - 1))]), opacity: style.opacity, width: style.width });
  }
}

/** [line] the strokes of the field's lines and arrowheads in pixels. */
function fieldStrokes({ field, camera, size }: TrailPicture): Stroke[][] {
  if (field === null) {
    return [];
  }
  const [left, top] = toScreen(0, 0, camera, size);
  const scale = pixelsPerUnit(camera, size);
  const style = ({ color, opacity }: { color: Rgb; opacity: number }) => ({ color: rgbToHex(color), opacity: opacity * field.opacity, width: 2 * HALF_STROKE });
  return field.lines.map(({ parts, heads }) => [
    ...parts.map((part) => ({ points: part.points.map((value, at) => (at % 2 === 0 ? left + value * scale : top - value * scale)), ...style(part) })),
    ...heads.map((head) => ({ points: headArms(head.dx, head.dy).map((value, at) => value + (at % 2 === 0 ? left + head.x * scale : top - head.y * scale)), ...style(head) })),
  ]);
}

function dots(picture: TrailPicture): { x: number; y: number; color: string; opacity: number; radius: number }[] {
  const { layouts, trails, marks, at, camera, size } = picture;
  const flat = positionsAt(layouts, trails.steps, at);
  const look = trailLooks(marks);
  const above = 0.35 + 0.65 * (picture.field?.above ?? 1);
  const radius = Math.max(1.5, Math.min(3, Math.sqrt((size.width * size.height) / look.length) * 0.12));
  return Array.from(drawingOrder(look, null), (row) => {
    const [x, y] = toScreen(flat[row * 2], flat[row * 2 + 1], camera, size);
    const plain = look[row] === Look.PLAIN;
    return { x, y, radius, color: rgbToHex(plain ? rampOf(marks, row)[RAMP - 1] : GREY[20]), opacity: (plain ? 0.92 : 0.47) * above };
  });
}

/** Ground, field, trails and points; no words. */
export function drawTrails(context: CanvasRenderingContext2D, picture: TrailPicture): void {
  const { size, marks } = picture;
  context.fillStyle = TRAIL_GROUND[marks.theme];
  context.fillRect(0, 0, size.width, size.height);
  drawStrokes(context, fieldStrokes(picture).flat());
  drawOver(context, picture);
}

/** Trails and points alone. */
function drawOver(context: CanvasRenderingContext2D, picture: TrailPicture): void {
  drawStrokes(context, strokes(picture));
  for (const { x, y, color, opacity, radius } of dots(picture)) {
    context.globalAlpha = opacity;
    context.fillStyle = color;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

function drawStrokes(context: CanvasRenderingContext2D, all: readonly Stroke[]): void {
  context.lineJoin = "round";
  for (const { points, color, opacity, width } of all) {
    context.globalAlpha = opacity;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(points[0], points[1]);
    for (let at = 2; at < points.length; at += 2) {
      context.lineTo(points[at], points[at + 1]);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

const HEADER = 40;
const LINE = 18;
const FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif";
/** From so many strokes on an SVG holds the trails as one picture. */
export const STROKES_FROM = 60_000;

/** Lines of the legend: time and classes, and the field's. */
const legendLines = ({ field }: TrailPicture): number => (field === null ? 1 : 2 + field.keys.length);
const footerHeight = (picture: TrailPicture): number => LINE * (wrapped(picture.provenance, picture.size.width).length + 1 + legendLines(picture)) + 12;
const number = (value: number): string => String(Math.round(value * 10) / 10);
const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]!);

/** The whole picture as an SVG document. */
export function trailsSvg(picture: TrailPicture): string {
  const { size, marks, title, provenance } = picture;
  const height = HEADER + size.height + footerHeight(picture);
  const lines = strokes(picture);
  const body =
    lines.length > STROKES_FROM
      ? [`<image href="${raster(picture)}" width="${size.width}" height="${size.height}"/>`]
      : [
          ...lines.map(svgStroke),
          ...dots(picture).map(({ x, y, color, opacity, radius }) => `<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}" fill="${color}" fill-opacity="${opacity}" stroke="none"/>`),
        ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" font-family="${FONT}">`,
    `<title>${escape(title)}</title>`,
    `<desc>${escape(provenance.join("; "))}</desc>`,
    `<rect width="100%" height="100%" fill="${TRAIL_GROUND[marks.theme]}"/>`,
    `<text x="12" y="26" font-size="16" font-weight="600" fill="${TRAIL_INK}">${escape(title)}</text>`,
    `<svg y="${HEADER}" width="${size.width}" height="${size.height}" fill="none" stroke-linejoin="round">`,
    ...fieldStrokes(picture).map((line) => `<g class="field-line">${line.map(svgStroke).join("")}</g>`),
    ...body,
    "</svg>",
    ...legendSvg(picture, HEADER + size.height),
    "</svg>",
  ].join("\n");
}

function svgStroke({ points, color, opacity, width }: Stroke): string {
  const text = points.map(number);
  const corners = text.reduce((all, value, at) => (at % 2 === 0 ? `${all}${at === 0 ? "" : " "}${value}` : `${all},${value}`), "");
  return `<polyline points="${corners}" stroke="${color}" stroke-opacity="${number(opacity * 100)}%" stroke-width="${width}"/>`;
}

/** Trails and points as pixels on no ground, so that what lies under them is seen. */
function raster(picture: TrailPicture): string {
  const canvas = document.createElement("canvas");
  canvas.width = picture.size.width * 2;
  canvas.height = picture.size.height * 2;
  const context = canvas.getContext("2d")!;
  context.scale(2, 2);
  drawOver(context, picture);
  return canvas.toDataURL("image/png");
}

const SWATCH = 36;

/** The classes that are drawn, or the groups that stand for them, with their ramps. */
function legendKeys({ marks: { groups, ramps, hiddenClasses }, classNames }: TrailPicture): { name: string; label: number; ramp: Ramp }[] {
  const all = classNames.map((name, label) => ({ name, label, ramp: (groups?.ramps ?? ramps)[label] }));
  return groups === undefined ? all.filter(({ label }) => !hiddenClasses.includes(label)) : all;
}

function legendSvg(picture: TrailPicture, top: number): string[] {
  const { classNames, size, stepNames } = picture;
  const step = Math.min(96, (size.width - 260) / Math.max(1, classNames.length));
  const gradient = (id: string, ramp: Ramp) =>
    `<linearGradient id="${id}">${[0, 16, 32, 48, 63].map((at) => `<stop offset="${at / 63}" stop-color="${rgbToHex(ramp[at])}"/>`).join("")}</linearGradient>`;
  const shown = legendKeys(picture);
  return [
    `<defs>${gradient("time", GREY)}${shown.map(({ label, ramp }) => gradient(`class${label}`, ramp)).join("")}</defs>`,
    `<text x="12" y="${top + 18}" font-size="12" fill="${TRAIL_INK}">${escape(stepNames[0] ?? "early")}</text>`,
    `<rect x="84" y="${top + 10}" width="60" height="8" fill="url(#time)"/>`,
    `<text x="150" y="${top + 18}" font-size="12" fill="${TRAIL_INK}">${escape(stepNames.at(-1) ?? "late")}</text>`,
    ...shown.map(({ name, label }, at) => {
      const x = 240 + at * step;
      return `<rect x="${number(x)}" y="${top + 10}" width="${number(Math.min(SWATCH, step - 24))}" height="8" fill="url(#class${label})"/><text x="${number(x + Math.min(SWATCH, step - 24) + 4)}" y="${top + 18}" font-size="12" fill="${TRAIL_INK}">${escape(name)}</text>`;
    }),
    ...(picture.field === null ? [] : fieldLegendSvg(picture.field, top + LINE)),
    ...wrapped(picture.provenance, size.width).map((line, at) => `<text x="12" y="${top + (1 + legendLines(picture) + at) * LINE + 8}" font-size="12" fill="${TRAIL_INK}" fill-opacity=".75">${escape(line)}</text>`),
  ];
}

/** Where the field's ramp begins and how wide it is. */
const [FIELD_RAMP_AT, FIELD_RAMP_WIDTH] = [108, 100];

function fieldLegendSvg({ low, high, stops, keys }: FieldStill, top: number): string[] {
  const gradient = stops.map(({ color, opacity }, at) => `<stop offset="${at / (stops.length - 1)}" stop-color="${rgbToHex(color)}" stop-opacity="${opacity}"/>`).join("");
  const text = (x: number, line: number, words: string) => `<text x="${x}" y="${top + LINE * line + 18}" font-size="12" fill="${TRAIL_INK}">${escape(words)}</text>`;
  return [
    `<defs><linearGradient id="field">${gradient}</linearGradient></defs>`,
    text(12, 0, low),
    `<rect x="${FIELD_RAMP_AT}" y="${top + 10}" width="${FIELD_RAMP_WIDTH}" height="8" fill="url(#field)"/>`,
    text(FIELD_RAMP_AT + FIELD_RAMP_WIDTH + 6, 0, high),
    ...keys.flatMap(({ name, color }, at) => [`<rect x="12" y="${top + LINE * (at + 1) + 10}" width="16" height="8" fill="${color}"/>`, text(34, at + 1, name)]),
  ];
}

function drawFieldLegend(context: CanvasRenderingContext2D, { low, high, stops, keys }: FieldStill, top: number): void {
  const gradient = context.createLinearGradient(FIELD_RAMP_AT, 0, FIELD_RAMP_AT + FIELD_RAMP_WIDTH, 0);
  stops.forEach(({ color, opacity }, at) => gradient.addColorStop(at / (stops.length - 1), `rgb(${color.join(" ")} / ${opacity})`));
  context.fillText(low, 12, top + 18);
  context.fillText(high, FIELD_RAMP_AT + FIELD_RAMP_WIDTH + 6, top + 18);
  context.fillStyle = gradient;
  context.fillRect(FIELD_RAMP_AT, top + 10, FIELD_RAMP_WIDTH, 8);
  keys.forEach(({ name, color }, at) => {
    context.fillStyle = color;
    context.fillRect(12, top + LINE * (at + 1) + 10, 16, 8);
    context.fillStyle = TRAIL_INK;
    context.fillText(name, 34, top + LINE * (at + 1) + 18);
  });
  context.fillStyle = TRAIL_INK;
}

/** The same as PNG pixels, twice as fine as the screen's. */
export async function trailsPng(picture: TrailPicture): Promise<Blob> {
  const { size, marks, title, provenance } = picture;
  const height = HEADER + size.height + footerHeight(picture);
  const canvas = document.createElement("canvas");
  canvas.width = size.width * 2;
  canvas.height = height * 2;
  const context = canvas.getContext("2d")!;
  context.scale(2, 2);
  context.fillStyle = TRAIL_GROUND[marks.theme];
  context.fillRect(0, 0, size.width, height);
  context.save();
  context.translate(0, HEADER);
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  drawTrails(context, picture);
  context.restore();
  context.fillStyle = TRAIL_INK;
  context.font = `600 16px ${FONT}`;
  context.fillText(title, 12, 26);
  context.font = `12px ${FONT}`;
  drawLegend(context, picture, HEADER + size.height);
  if (picture.field !== null) {
    drawFieldLegend(context, picture.field, HEADER + size.height + LINE);
  }
  wrapped(provenance, size.width).forEach((line, at) => context.fillText(line, 12, HEADER + size.height + (1 + legendLines(picture) + at) * LINE + 8));
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make a PNG."))), "image/png"));
}

function drawLegend(context: CanvasRenderingContext2D, picture: TrailPicture, top: number): void {
  const { classNames, size, stepNames } = picture;
  const bar = (x: number, width: number, ramp: Ramp) => {
    const gradient = context.createLinearGradient(x, 0, x + width, 0);
    ramp.forEach((rgb, at) => gradient.addColorStop(at / (ramp.length - 1), rgbToHex(rgb)));
    context.fillStyle = gradient;
    context.fillRect(x, top + 10, width, 8);
    context.fillStyle = TRAIL_INK;
  };
  context.fillText(stepNames[0] ?? "early", 12, top + 18);
  bar(84, 60, GREY);
  context.fillText(stepNames.at(-1) ?? "late", 150, top + 18);
  const step = Math.min(96, (size.width - 260) / Math.max(1, classNames.length));
  legendKeys(picture).forEach(({ name, ramp }, at) => {
    const width = Math.min(SWATCH, step - 24);
    bar(240 + at * step, width, ramp);
    context.fillText(name, 244 + at * step + width, top + 18);
  });
}
