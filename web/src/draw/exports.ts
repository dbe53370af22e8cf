/** Pictures and tables to take away, each with what is needed to make it again. */
import { toScreen, type Size, pointDiameter } from "./camera";
import { type ImageSource, dataUrl } from "./images";
import type { Inset } from "./insets";
import { type Marks, Look, drawingOrder, grounds, looks, outlinesWrong, triangle } from "./scene";
import { drawStill } from "./stillPoints";
import type { Camera } from "../state/workspace";

export interface Picture {
  title: string;
  /** Lines of provenance: data, network, parameters, seed, version. */
  provenance: string[];
  fitted: Float32Array;
  marks: Marks;
  classNames: readonly string[];
  counts: readonly number[];
  camera: Camera;
  size: Size;
  insets: readonly Inset[];
  images: ImageSource | null;
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
    ...svgPoints(picture),
    ...picture.insets.map((inset) => svgLeader(inset, picture)),
    ...picture.insets.map((inset) => svgInset(inset, picture)),
    "</svg>",
    ...svgFooter(picture, HEADER + size.height),
    "</svg>",
  ].join("\n");
}

function svgPoints({ fitted, marks, camera, size }: Picture): string[] {
  const { ink, dim } = grounds(marks.theme);
  const look = looks(marks);
  const diameter = pointDiameter(look.length, camera, size);
  const stroke = outlinesWrong(marks.wrong) ? ` stroke="${ink}"` : "";
  return drawingOrder(look, marks.wrong).map((row) => {
    const [x, y] = toScreen(fitted[row * 2], fitted[row * 2 + 1], camera, size);
    const plain = look[row] === Look.PLAIN;
    const color = plain ? marks.colors[marks.labels[row]] : dim;
    if (plain && marks.wrong?.[row] === 1) {
      const corners = triangle(x, y, diameter + 2).map((corner) => corner.map(number).join(","));
      return `<polygon points="${corners.join(" ")}" fill="${color}"${stroke}/>`;
    }
    return `<circle cx="${number(x)}" cy="${number(y)}" r="${number(diameter / 2)}" fill="${color}" fill-opacity="${plain ? 0.85 : 0.5}"/>`;
  });
}

function svgLeader(inset: Inset, { marks }: Picture): string {
  const color = marks.colors[marks.labels[inset.row]];
  return `<line x1="${number(inset.pointX)}" y1="${number(inset.pointY)}" x2="${number(inset.x)}" y2="${number(inset.y)}" stroke="${color}"/>`;
}

function svgInset(inset: Inset, { images, marks }: Picture): string {
  if (images === null) {
    return "";
  }
  const { cols, rows } = images.shape;
  const color = marks.colors[marks.labels[inset.row]];
  const [x, y] = [inset.x - cols / 2, inset.y - rows / 2].map(number);
  return [
    `<image href="${dataUrl(images, inset.row)}" x="${x}" y="${y}" width="${cols}" height="${rows}"/>`,
    `<rect x="${x}" y="${y}" width="${cols}" height="${rows}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
  ].join("");
}

function svgFooter(picture: Picture, top: number): string[] {
  const { marks, classNames, counts, size } = picture;
  const { ink } = grounds(marks.theme);
  const step = Math.min(96, (size.width - 24) / Math.max(1, classNames.length));
  const legend = classNames.map((name, label) => {
    const x = 12 + label * step;
    const hidden = marks.hiddenClasses.includes(label);
    return (
      `<circle cx="${number(x + 5)}" cy="${top + 14}" r="5" fill="${hidden ? "none" : marks.colors[label]}" stroke="${marks.colors[label]}"/>` +
      `<text x="${number(x + 14)}" y="${top + 18}" font-size="12" fill="${ink}">${escape(name)} <tspan fill-opacity=".65">${counts[label]}</tspan></text>`
    );
  });
  const lines = footerLines(picture).map(
    (line, at) =>
      `<text x="12" y="${top + 2 * LINE + 6 + at * LINE}" font-size="12" fill="${ink}" fill-opacity=".75">${escape(line)}</text>`,
  );
  return [...legend, ...lines];
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
  drawStill(context, picture.fitted, marks, picture.camera, size);
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
  for (const inset of insets) {
    context.strokeStyle = marks.colors[marks.labels[inset.row]];
    context.beginPath();
    context.moveTo(inset.pointX, inset.pointY);
    context.lineTo(inset.x, inset.y);
    context.stroke();
  }
  for (const inset of insets) {
    const image = new Image();
    image.src = dataUrl(images, inset.row);
    await image.decode();
    context.strokeStyle = marks.colors[marks.labels[inset.row]];
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
  classNames.forEach((name, label) => {
    context.fillStyle = marks.hiddenClasses.includes(label) ? "transparent" : marks.colors[label];
    context.strokeStyle = marks.colors[label];
    context.beginPath();
    context.arc(17 + label * step, top + 14, 5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.fillStyle = ink;
    context.fillText(`${name}  ${counts[label]}`, 26 + label * step, top + 18);
  });
  footerLines(picture).forEach((line, at) => context.fillText(line, 12, top + 2 * LINE + 6 + at * LINE));
}

export interface Row {
  id: number;
  label: string;
  prediction: string | null;
  score: number | null;
  x: number;
  y: number;
}

/** Coordinates as a table, in the layout's own units; `#` lines say where they come from. */
export function toCsv(rows: readonly Row[], provenance: readonly string[]): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => [row.id, row.label, row.prediction, row.score, row.x, row.y].map(cell).join(","));
  return [...provenance.map((line) => `# ${line}`), "id,label,prediction,score,x,y", ...lines, ""].join("\n");
}
