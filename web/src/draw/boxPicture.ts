/** Draws the boxes of the classification view, as many as are in sight, at any moment between two arrangements. */
import { GROUND, hexToRgb, INK, luminance, type Rgb, rgbToHex, type Theme } from "./palette";
import { ramp, STEPS } from "./ramp";

export interface BoxMarks {
  theme: Theme;
  /** The colours by number, and [observation] which of them it has. */
  colors: readonly string[];
  of: Uint16Array;
  /** [observation] 1 where it is wrong now, and where it is wrong in many epochs. */
  wrong: Uint8Array;
  often: Uint8Array;
  /** [observation] 1 for those that step back; null for none. */
  dim: Uint8Array | null;
}

/** Where boxes are: [observation * 2 + axis] their corners, and their size with the gap. */
export interface Arrangement {
  corners: Float32Array;
  wide: number;
  tall: number;
}

/** How many colours a class has from unsure to sure. */
const SHADES = 24;
const PALEST = 0.22;

/** Colours for scores: one ramp for all. */
export function scoreColors(theme: Theme, scores: Float32Array, low: number): Pick<BoxMarks, "colors" | "of"> {
  const of = new Uint16Array(scores.length);
  for (let row = 0; row < of.length; row++) {
    of[row] = Math.round(share(scores[row], low) * (STEPS - 1));
  }
  return { colors: ramp(theme).map(rgbToHex), of };
}

/** Colours for true classes: the class's hue, paler where the score is low. */
export function classShades(theme: Theme, classes: readonly string[], labels: ArrayLike<number>, scores: Float32Array, low: number): Pick<BoxMarks, "colors" | "of"> {
  const ground = hexToRgb(GROUND[theme]);
  const colors = classes.flatMap((hex) => Array.from({ length: SHADES }, (_, shade) => rgbToHex(mixed(ground, hexToRgb(hex), PALEST + ((1 - PALEST) * shade) / (SHADES - 1)))));
  const of = new Uint16Array(scores.length);
  for (let row = 0; row < of.length; row++) {
    of[row] = labels[row] * SHADES + Math.round(share(scores[row], low) * (SHADES - 1));
  }
  return { colors, of };
}

const share = (score: number, low: number): number => Math.max(0, Math.min(1, (score - low) / (1 - low)));

const mixed = (from: Rgb, to: Rgb, amount: number): Rgb => {
  const [r, g, b] = from.map((part, channel) => Math.round(part + (to[channel] - part) * amount));
  return [r, g, b];
};

/** Below this width a box has no room for a frame with a fill inside of it. */
const FRAMED_FROM = 6;
/** How much of its colour a box keeps that steps back. */
const FAINT = 0.28;

/**
 * Writes the boxes straight into the pixels: as paths, ten thousand of them would not move smoothly.
 *
 * @param part how far from one arrangement to the other, 0..1
 * @param view the part of the plane that is in sight
 */
export function drawBoxes(context: CanvasRenderingContext2D, from: Arrangement, to: Arrangement, part: number, marks: BoxMarks, view: { left: number; top: number; width: number; height: number }): void {
  const ratio = context.getTransform().a || 1;
  const picture = pictureOf(context, Math.round(view.width * ratio), Math.round(view.height * ratio));
  const { wrong, often, dim } = marks;
  const { ground, ink, colors, dark } = paints(marks);
  const [wide, tall] = [from.wide + (to.wide - from.wide) * part, from.tall + (to.tall - from.tall) * part];
  const rect = painter(picture, ratio);
  new Uint32Array(picture.data.buffer).fill(ground.plain);
  const [spots, seen] = inSight(from, to, part, { wide, tall }, view);
  // What steps back lies below, and frames above all.
  for (const faint of [true, false]) {
    for (let at = 0; at < seen.length; at++) {
      const row = seen[at];
      if ((dim !== null && dim[row] === 1) === faint) {
        const color = colors[marks.of[row]] ?? ink;
        rect(spots[at * 2], spots[at * 2 + 1], wide - 1, tall - 1, faint ? color.faint : color.plain);
      }
    }
  }
  const triangles = [new Path2D(), new Path2D(), new Path2D(), new Path2D()];
  for (let at = 0; at < seen.length; at++) {
    const row = seen[at];
    const shade = dim !== null && dim[row] === 1 ? "faint" : "plain";
    const [x, y] = [spots[at * 2], spots[at * 2 + 1]];
    if (wrong[row] === 1) {
      rect(x - 1, y - 1, wide + 1, tall + 1, ink[shade]);
      const inset = wide >= FRAMED_FROM ? 1 : 0;
      rect(x, y, wide - 1, tall - 1, inset === 1 ? ground.plain : (colors[marks.of[row]] ?? ink)[shade]);
      rect(x + inset, y + inset, wide - 1 - 2 * inset, tall - 1 - 2 * inset, (colors[marks.of[row]] ?? ink)[shade]);
    }
    if (often[row] === 1) {
      triangle(triangles[(shade === "faint" ? 2 : 0) + dark[marks.of[row]]], x, y, wide, tall);
    }
  }
  context.putImageData(picture, 0, 0);
  triangles.forEach((path, kind) => {
    context.globalAlpha = kind >= 2 ? 0.5 : 1;
    context.fillStyle = kind % 2 === 1 ? "#ffffff" : "#10141b";
    context.fill(path);
  });
  context.globalAlpha = 1;
}

function triangle(path: Path2D, x: number, y: number, wide: number, tall: number): void {
  const [top, right, left] = trianglePoints(x, y, wide, tall);
  path.moveTo(...top);
  path.lineTo(...right);
  path.lineTo(...left);
  path.closePath();
}

/** Top, right and left corner of the triangle in the middle of a box. */
function trianglePoints(x: number, y: number, wide: number, tall: number): [number, number][] {
  const edge = Math.max(3, Math.min(wide - 2, 9));
  const [middle, bottom] = [x + (wide - 1) / 2, y + (tall - 1) / 2 + edge * 0.5];
  return [[middle, bottom - edge], [middle + edge * 0.58, bottom], [middle - edge * 0.58, bottom]];
}

/**
 * The same boxes as SVG elements: a path per colour whose parts are one box each, so that a hundred thousand still make a file that opens.
 * Boxes without a corner are left out.
 */
export function boxesSvg({ corners, wide, tall }: Arrangement, marks: BoxMarks): string {
  const { wrong, often, dim } = marks;
  const { dark } = paints(marks);
  const inset = wide >= FRAMED_FROM ? 1 : 0;
  const layers = new SvgLayers();
  for (let row = 0; row * 2 < corners.length; row++) {
    const [x, y] = [corners[row * 2], corners[row * 2 + 1]];
    if (Number.isNaN(x)) {
      continue;
    }
    const faint = dim !== null && dim[row] === 1;
    const color = (hex: string) => (faint ? rgbToHex(mixed(hexToRgb(GROUND[marks.theme]), hexToRgb(hex), FAINT)) : hex);
    const within = wrong[row] === 1 ? inset : 0;
    if (wrong[row] === 1) {
      layers.add("wrong", color(INK[marks.theme]), svgRect(x - 1, y - 1, wide + 1, tall + 1));
      if (inset === 1) {
        layers.add("gap", GROUND[marks.theme], svgRect(x, y, wide - 1, tall - 1));
      }
    }
    layers.add("box", color(marks.colors[marks.of[row]] ?? INK[marks.theme]), svgRect(x + within, y + within, wide - 1 - 2 * within, tall - 1 - 2 * within));
    if (often[row] === 1) {
      const bright = dark[marks.of[row]] === 1 ? "#ffffff" : "#10141b";
      layers.add("often", faint ? `${bright}80` : bright, `M${trianglePoints(x, y, wide, tall).map((corner) => corner.map(rounded).join(" ")).join("L")}z`);
    }
  }
  return layers.done();
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

const svgRect = (x: number, y: number, wide: number, tall: number): string => `M${x} ${y}h${wide}v${tall}h${-wide}z`;

/** What lies over what: frames, their gaps, fills, triangles. */
const LAYERS = ["wrong", "gap", "box", "often"] as const;

/** Paths that grow, one per layer and colour. */
class SvgLayers {
  private readonly parts = new Map<string, string[]>();

  add(layer: (typeof LAYERS)[number], color: string, path: string): void {
    const key = `${layer} ${color}`;
    const known = this.parts.get(key);
    if (known === undefined) {
      this.parts.set(key, [path]);
    } else {
      known.push(path);
    }
  }

  done(): string {
    return LAYERS.flatMap((layer) =>
      [...this.parts].flatMap(([key, paths]) => {
        const [of, color] = key.split(" ");
        return of === layer ? [`<path class="${layer}" fill="${color}" d="${paths.join("")}"/>`] : [];
      }),
    ).join("\n");
  }
}

/** The rows whose boxes are in sight, and where their corners are: [place * 2 + axis] pixels of the view. */
function inSight(from: Arrangement, to: Arrangement, part: number, size: { wide: number; tall: number }, view: { left: number; top: number; width: number; height: number }): [Float32Array, Uint32Array] {
  const count = to.corners.length / 2;
  const [spots, seen] = [new Float32Array(count * 2), new Uint32Array(count)];
  let found = 0;
  // A box that was not there before appears where it belongs.
  const place = (at: number): number => (Number.isNaN(from.corners[at]) ? to.corners[at] : from.corners[at] + (to.corners[at] - from.corners[at]) * part);
  for (let row = 0; row < count; row++) {
    const [x, y] = [place(row * 2) - view.left, place(row * 2 + 1) - view.top];
    if (x + size.wide >= 0 && y + size.tall >= 0 && x < view.width && y < view.height) {
      spots[found * 2] = x;
      spots[found * 2 + 1] = y;
      seen[found++] = row;
    }
  }
  return [spots, seen.subarray(0, found)];
}

/** Fills a rectangle of the view with a colour; at least one pixel of it. */
function painter({ data, width, height }: ImageData, ratio: number): (x: number, y: number, wide: number, tall: number, color: number) => void {
  const pixels = new Uint32Array(data.buffer);
  return (x, y, wide, tall, color) => {
    const left = Math.round(x * ratio);
    const top = Math.round(y * ratio);
    const right = Math.min(width, left + Math.max(1, Math.round(wide * ratio)));
    const bottom = Math.min(height, top + Math.max(1, Math.round(tall * ratio)));
    const begin = Math.max(0, left);
    for (let line = Math.max(0, top); line < bottom && begin < right; line++) {
      pixels.fill(color, line * width + begin, line * width + right);
    }
  };
}

/** The pixels of a canvas, the same ones from picture to picture. */
const pictures = new WeakMap<CanvasRenderingContext2D, ImageData>();

function pictureOf(context: CanvasRenderingContext2D, width: number, height: number): ImageData {
  const known = pictures.get(context);
  const picture = known?.width === width && known.height === height ? known : new ImageData(width, height);
  pictures.set(context, picture);
  return picture;
}

/** A colour as pixels hold it, in full and stepped back. */
interface Paint {
  plain: number;
  faint: number;
}

interface Paints {
  ground: Paint;
  ink: Paint;
  colors: Paint[];
  /** [color] 1 where a triangle on it is bright */
  dark: Uint8Array;
}

const painted = new WeakMap<readonly string[], { theme: Theme; paints: Paints }>();

function paints({ theme, colors }: BoxMarks): Paints {
  const known = painted.get(colors);
  if (known?.theme === theme) {
    return known.paints;
  }
  const ground = hexToRgb(GROUND[theme]);
  const paint = (color: Rgb): Paint => ({ plain: pixel(color), faint: pixel(mixed(ground, color, FAINT)) });
  const rgb = colors.map(hexToRgb);
  const made = { ground: paint(ground), ink: paint(hexToRgb(INK[theme])), colors: rgb.map(paint), dark: Uint8Array.from(rgb, (color) => (luminance(color) > 0.3 ? 0 : 1)) };
  painted.set(colors, { theme, paints: made });
  return made;
}

/** Pixels hold red in their lowest byte on all machines that browsers run on. */
const pixel = ([r, g, b]: Rgb): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
