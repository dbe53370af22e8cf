/** Pictures and tables to take away, each with what is needed to make it again. */
import { toScreen, type Size, pointDiameter } from "./camera";
import { type ImageSource, dataUrl } from "./images";
import { rgbToHex } from "./palette";
import { ramp } from "./ramp";
import type { Inset } from "./insets";
import { type Marks, Look, drawingOrder, grounds, looks, outlinesWrong, paintHex, triangle } from "./scene";
import { drawStill, misty } from "./stillPoints";
import { hexToRgb, type Rgb } from "./palette";
import { drawStrokes, type Stroke, svgStrokes } from "./unitTrails";
import type { Camera } from "../state/workspace";

export interface Picture {
  title: string;
  /** Lines of provenance: data, network, parameters, seed, version. */
  provenance: string[];
  /** [observation * 2 + axis] on the plane, and how near each is in three dimensions. */
  flat: Float32Array;
  depth: Float32Array | null;
  marks: Marks;
  /** What colours mean when they mean numbers. */
  scaleTitle: string | null;
  /** The points as a picture, where there are too many to write each down. */
  raster?: string;
  classNames: readonly string[];
  counts: readonly number[];
  camera: Camera;
  size: Size;
  insets: readonly Inset[];
  images: ImageSource | null;
  /** The ramp of the numbers that colours mean, where it is another than the usual; `marks.scale` is not looked at then. */
  ramp?: { colors: readonly Rgb[]; low: number; high: number };
  /** Lines under the points, on a ground of their own. */
  under?: { ground: string; strokes: readonly Stroke[] };
}

const HEADER = 40;
const LINE = 18;
/** Width of an average letter at 12 pixels, on the generous side. */
const LETTER = 7;
const FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif";

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]!);

/** Words fill lines; nothing of the provenance may be cut off at the picture's edge. */
export function wrapped(lines: readonly string[], width: number): string[] {
  const most = Math.max(20, Math.floor((width - 24) / LETTER));
  return lines.flatMap((line) => {
    const rows = [""];
    for (const word of line.split(" ")) {
      const row = rows[rows.length - 1];
      if (row !== "" && row.length + word.length + 1 > most) {
        rows.push(word);
      } else {
        rows[rows.length - 1] = row === "" ? word : `${row} ${word}`;
      }
    }
    return rows;
  });
}

const footerLines = ({ provenance, size }: Picture): string[] => wrapped(provenance, size.width);

const footerHeight = (picture: Picture): number => LINE * (footerLines(picture).length + 2) + 8;

const number = (value: number): string => String(Math.round(value * 100) / 100);

/** The whole picture as an SVG document: points, legend, provenance. */
export function toSvg(picture: Picture): string {
  const { size, marks } = picture;
  const { ground, ink } = grounds(marks.theme);
  const height = HEADER + size.height + footerHeight(picture);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" font-family="${FONT}">`,
    `<title>${escape(picture.title)}</title>`,
    `<desc>${escape(picture.provenance.join("; "))}</desc>`,
    `<rect width="100%" height="100%" fill="${ground}"/>`,
    `<text x="12" y="26" font-size="16" font-weight="600" fill="${ink}">${escape(picture.title)}</text>`,
    `<svg y="${HEADER}" width="${size.width}" height="${size.height}">`,
    ...(picture.under === undefined ? [] : [`<rect width="100%" height="100%" fill="${picture.under.ground}"/>`, ...svgStrokes(picture.under.strokes)]),
    ...svgPoints(picture),
    ...picture.insets.map((inset) => svgLeader(inset, picture)),
    ...picture.insets.map((inset) => svgInset(inset, picture)),
    "</svg>",
    ...svgFooter(picture, HEADER + size.height),
    "</svg>",
  ].join("\n");
}

/** From so many points on an SVG holds them as one picture: each by itself would make a file that nothing opens. */
export const RASTER_FROM = 20_000;

export function svgPoints({ flat, depth, marks, camera, size, raster }: Picture): string[] {
  if (raster !== undefined) {
    return [`<image href="${raster}" width="${size.width}" height="${size.height}"/>`];
  }
  const { ground, ink, dim } = grounds(marks.theme);
  const look = looks(marks);
  const diameter = pointDiameter(look.length, camera, size);
  const stroke = outlinesWrong(marks.wrong) ? ` stroke="${ink}"` : "";
  const colorOf = paintHex(marks);
  return Array.from(drawingOrder(look, marks.wrong, depth), (row) => {
    const [x, y] = toScreen(flat[row * 2], flat[row * 2 + 1], camera, size);
    if (Number.isNaN(x)) {
      return "";
    }
    const plain = look[row] === Look.PLAIN;
    const clear = plain ? colorOf(row) : dim;
    const color = depth === null ? clear : rgbToHex(misty(hexToRgb(clear), hexToRgb(ground), depth[row]));
    if (plain && marks.wrong?.[row] === 1) {
      const corners = triangle(x, y, diameter + 2).map((corner) => corner.map(number).join(","));
      return `<polygon points="${corners.join(" ")}" fill="${color}"${stroke}/>`;
    }
    return `<circle cx="${number(x)}" cy="${number(y)}" r="${number(diameter / 2)}" fill="${color}" fill-opacity="${plain ? 0.85 : 0.5}"/>`;
  });
}

/** The points alone, twice as fine as the screen's, as a PNG address. */
export function rasterized(picture: Picture): string {
  const { size, marks, flat, depth, camera } = picture;
  const canvas = document.createElement("canvas");
  canvas.width = size.width * 2;
  canvas.height = size.height * 2;
  const context = canvas.getContext("2d")!;
  context.scale(2, 2);
  drawStill(context, { flat, depth }, marks, camera, size);
  return canvas.toDataURL("image/png");
}

function svgLeader(inset: Inset, { marks }: Picture): string {
  const color = paintHex(marks)(inset.row);
  return `<line x1="${number(inset.pointX)}" y1="${number(inset.pointY)}" x2="${number(inset.x)}" y2="${number(inset.y)}" stroke="${color}"/>`;
}

function svgInset(inset: Inset, { images, marks }: Picture): string {
  if (images === null) {
    return "";
  }
  const { cols, rows } = images.shape;
  const color = paintHex(marks)(inset.row);
  const [x, y] = [inset.x - cols / 2, inset.y - rows / 2].map(number);
  return [
    `<image href="${dataUrl(images, inset.row)}" x="${x}" y="${y}" width="${cols}" height="${rows}"/>`,
    `<rect x="${x}" y="${y}" width="${cols}" height="${rows}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
  ].join("");
}

/** What colours mean: a ramp, or the classes with their counts. */
export function svgLegend(picture: Picture, top: number): string {
  const { marks, classNames, counts, size } = picture;
  const { ink } = grounds(marks.theme);
  const step = Math.min(96, (size.width - 24) / Math.max(1, classNames.length));
  const legend = picture.scaleTitle !== null ? [svgScale(picture, top, ink)] : classNames.map((name, label) => {
    const x = 12 + label * step;
    const hidden = marks.hiddenClasses.includes(label);
    return (
      `<circle cx="${number(x + 5)}" cy="${top + 14}" r="5" fill="${hidden ? "none" : marks.colors[label]}" stroke="${marks.colors[label]}"/>` +
      `<text x="${number(x + 14)}" y="${top + 18}" font-size="12" fill="${ink}">${escape(name)} <tspan fill-opacity=".65">${counts[label]}</tspan></text>`
    );
  });
  return legend.join("");
}

function svgFooter(picture: Picture, top: number): string[] {
  const { ink } = grounds(picture.marks.theme);
  const lines = footerLines(picture).map(
    (line, at) =>
      `<text x="12" y="${top + 2 * LINE + 6 + at * LINE}" font-size="12" fill="${ink}" fill-opacity=".75">${escape(line)}</text>`,
  );
  return [svgLegend(picture, top), ...lines];
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

const RAMP_WIDTH = 200;

const scaleColors = ({ marks, ramp: own }: Picture): { colors: readonly Rgb[]; low: number; high: number } =>
  own ?? { colors: ramp(marks.theme), low: marks.scale?.low ?? 0, high: marks.scale?.high ?? 1 };

function svgScale(picture: Picture, top: number, ink: string): string {
  const { scaleTitle } = picture;
  const { colors, low, high } = scaleColors(picture);
  const stops = colors.filter((_, at) => at % 16 === 15 || at === 0 || at === colors.length - 1);
  const gradient = stops.map((rgb, at) => `<stop offset="${number(at / (stops.length - 1))}" stop-color="${rgbToHex(rgb)}"/>`).join("");
  return (
    `<defs><linearGradient id="ramp">${gradient}</linearGradient></defs>` +
    `<text x="12" y="${top + 18}" font-size="12" fill="${ink}">${escape(scaleTitle ?? "")}: ${short(low)}</text>` +
    `<rect x="220" y="${top + 8}" width="${RAMP_WIDTH}" height="12" fill="url(#ramp)"/>` +
    `<text x="${228 + RAMP_WIDTH}" y="${top + 18}" font-size="12" fill="${ink}">${short(high)}</text>`
  );
}

/** The same picture as PNG pixels, twice as fine as the screen's. */
export async function toPng(picture: Picture): Promise<Blob> {
  const { size, marks } = picture;
  const { ground, ink } = grounds(marks.theme);
  const height = HEADER + size.height + footerHeight(picture);
  const canvas = document.createElement("canvas");
  canvas.width = size.width * 2;
  canvas.height = height * 2;
  const context = canvas.getContext("2d")!;
  context.scale(2, 2);
  context.fillStyle = ground;
  context.fillRect(0, 0, size.width, height);
  context.save();
  context.translate(0, HEADER);
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  const { under } = picture;
  drawStill(context, picture, marks, picture.camera, size, under && { ground: under.ground, draw: (to) => drawStrokes(to, under.strokes) });
  await drawInsets(context, picture);
  context.restore();
  drawWords(context, picture, ink);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make a PNG."))), "image/png"),
  );
}

async function drawInsets(context: CanvasRenderingContext2D, { insets, images, marks }: Picture): Promise<void> {
  if (images === null) {
    return;
  }
  const { cols, rows } = images.shape;
  const colorOf = paintHex(marks);
  for (const inset of insets) {
    context.strokeStyle = colorOf(inset.row);
    context.beginPath();
    context.moveTo(inset.pointX, inset.pointY);
    context.lineTo(inset.x, inset.y);
    context.stroke();
  }
  for (const inset of insets) {
    const image = new Image();
    image.src = dataUrl(images, inset.row);
    await image.decode();
    context.strokeStyle = colorOf(inset.row);
    context.drawImage(image, inset.x - cols / 2, inset.y - rows / 2);
    context.strokeRect(inset.x - cols / 2, inset.y - rows / 2, cols, rows);
  }
}

function drawWords(context: CanvasRenderingContext2D, picture: Picture, ink: string): void {
  const { size, classNames, counts, marks } = picture;
  const top = HEADER + size.height;
  const step = Math.min(96, (size.width - 24) / Math.max(1, classNames.length));
  context.fillStyle = ink;
  context.font = `600 16px ${FONT}`;
  context.fillText(picture.title, 12, 26);
  context.font = `12px ${FONT}`;
  const named = picture.scaleTitle === null ? classNames : [];
  if (picture.scaleTitle !== null) {
    drawScale(context, picture, top);
  }
  named.forEach((name, label) => {
    context.fillStyle = marks.hiddenClasses.includes(label) ? "transparent" : marks.colors[label];
    context.strokeStyle = marks.colors[label];
    context.beginPath();
    context.arc(17 + label * step, top + 14, 5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.fillStyle = ink;
    context.fillText(`${name}  ${counts[label]}`, 26 + label * step, top + 18);
  });
  context.fillStyle = ink;
  footerLines(picture).forEach((line, at) => context.fillText(line, 12, top + 2 * LINE + 6 + at * LINE));
}

function drawScale(context: CanvasRenderingContext2D, picture: Picture, top: number): void {
  const { scaleTitle } = picture;
  const { colors, low, high } = scaleColors(picture);
  context.fillText(`${scaleTitle}: ${short(low)}`, 12, top + 18);
  context.fillText(short(high), 228 + RAMP_WIDTH, top + 18);
  const gradient = context.createLinearGradient(220, 0, 220 + RAMP_WIDTH, 0);
  colors.forEach((rgb, at) => gradient.addColorStop(at / (colors.length - 1), rgbToHex(rgb)));
  context.fillStyle = gradient;
  context.fillRect(220, top + 8, RAMP_WIDTH, 12);
}

export interface Row {
  id: number;
  label: string;
  prediction: string | null;
  score: number | null;
  x: number;
  y: number;
  /** In three dimensions. */
  z?: number;
}

const cell = (value: string | number | null): string => {
  const text = value === null ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** What stands before the rows: `#` lines that say where they come from, and the columns' names. */
export const csvHead = (provenance: readonly string[], space: boolean): string =>
  [...provenance.map((line) => `# ${line}`), `id,label,prediction,score,x,y${space ? ",z" : ""}`, ""].join("\n");

export function csvRow({ id, label, prediction, score, x, y, z }: Row): string {
  const values = [id, label, prediction, score, x, y, ...(z === undefined ? [] : [z])];
  return `${values.map(cell).join(",")}\n`;
}

/** Coordinates as a table, in the layout's own units. */
export const toCsv = (rows: readonly Row[], provenance: readonly string[]): string =>
  csvHead(provenance, rows[0]?.z !== undefined) + rows.map(csvRow).join("");
