/** A picture with its title, legend and provenance as one SVG document, and the same as PNG. */
import { GROUND, INK, type Theme } from "./palette";
import { wrapped } from "./exports";

export interface Sheet {
  title: string;
  provenance: readonly string[];
  width: number;
  height: number;
  theme: Theme;
  /** SVG elements of the picture, from its own corner. */
  body: string;
  /** SVG elements below the picture, and how tall they are. */
  legend: string;
  legendHeight: number;
}

const [HEADER, LINE, EDGE] = [40, 18, 12];
export const SHEET_FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif";

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]!);

export function sheetSvg({ title, provenance, width, height, theme, body, legend, legendHeight }: Sheet): string {
  const wide = Math.max(420, width + 2 * EDGE);
  const lines = wrapped(provenance, wide);
  const foot = HEADER + height + legendHeight + 8;
  const tall = foot + LINE * lines.length + EDGE;
  const words = lines.map((line, at) => `<text x="${EDGE}" y="${foot + LINE * (at + 1) - 4}" fill-opacity=".75">${escaped(line)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="0 0 ${wide} ${tall}" font-family="${SHEET_FONT}" font-size="12" fill="${INK[theme]}" color="${INK[theme]}">`,
    `<title>${escaped(title)}</title><desc>${escaped(provenance.join("; "))}</desc>`,
    `<rect width="100%" height="100%" fill="${GROUND[theme]}"/>`,
    `<text x="${EDGE}" y="26" font-size="16" font-weight="600">${escaped(title)}</text>`,
    `<g transform="translate(${EDGE} ${HEADER})">${body}</g>`,
    `<g transform="translate(${EDGE} ${HEADER + height})">${legend}</g>`,
    ...words,
    "</svg>",
  ].join("\n");
}

/** Browsers refuse canvases with more pixels than this on a side. */
const MOST_PIXELS = 16_384;

/** Twice as fine as the screen's, or as fine as a canvas can be where the picture is very large. */
export async function sheetPng(svg: string): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, MOST_PIXELS / image.width, MOST_PIXELS / image.height);
    [canvas.width, canvas.height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make a PNG."))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
