/** The boxes and the confusion matrix as whole pictures, however little of them is on the screen. */
import { bandsOf, cornersOf, roomFor } from "../../draw/boxes";
import { type BoxMarks, boxesSvg } from "../../draw/boxPicture";
import { rgbToHex, type Theme } from "../../draw/palette";
import { ramp } from "../../draw/ramp";
import { escaped, type Sheet } from "../../draw/sheet";
import type { Situation } from "../../parts/app";
import { provenance } from "../../parts/saving";
import { percent, whole } from "../../parts/words";
import type { Fill } from "../../state/classes";
import type { Columns } from "../../state/outcomes";
import { LINE, UPRIGHT, widths } from "./Confusion";

export interface BoxesShown {
  title: string;
  columns: Columns;
  marks: BoxMarks;
  fill: Fill;
  /** [class] the colours of the classes */
  classHues: readonly string[];
  /** How many kept epochs there are, and a triangle marks what is wrong in more than `times` of them. */
  epochs: number;
  times: number;
}

/** The page's own words for right and wrong; style sheets use the same values. */
const GOOD: Record<Theme, string> = { light: "#17734a", dark: "#62c796" };
const BAD: Record<Theme, string> = { light: "#b3261e", dark: "#ff9d94" };
/** Height of the columns' heads, of the space between two rows of columns, and of a line of the legend. */
const [HEAD, BETWEEN, ROW] = [54, 14, 20];
/** Pixels of a letter of a column's name. */
const LETTER = 7.6;
const RAMP_WIDTH = 160;

export function boxSheet(situation: Situation, { title, columns, marks, fill, classHues, epochs, times }: BoxesShown): Sheet {
  const { study, epoch, run } = situation;
  const names = study.dataset.classNames;
  const letters = names.reduce((most, name) => Math.max(most, name.length), 0);
  const bands = bandsOf(columns, names.length, roomFor(letters));
  let top = 0;
  const drawn = bands.map((grid) => {
    const heads = grid.classes.map((label, place) => {
      const count = columns.starts[label + 1] - columns.starts[label];
      const wrong = columns.wrong[label];
      const name = shortened(names[label], Math.floor((grid.column - 14) / LETTER));
      return (
        `<g transform="translate(${grid.left + place * grid.pitch} 0)"><title>${escaped(`predicted ${names[label]}: ${whole(count)}, ${whole(wrong)} of them wrong`)}</title>` +
        `<rect y="6" width="9" height="9" rx="2" fill="${classHues[label]}"/><text x="13" y="15" font-weight="600">${escaped(name)}</text>` +
        `<text y="31">${whole(count)}</text><text y="47" fill="${wrong > 0 ? BAD[marks.theme] : "currentColor"}">${whole(wrong)} ${grid.column >= 54 ? "wrong" : "✗"}</text></g>`
      );
    });
    const boxes = boxesSvg({ corners: cornersOf(columns, grid), wide: grid.wide, tall: grid.tall }, marks);
    const body = `<g transform="translate(0 ${top})">${heads.join("")}<path d="M0 ${HEAD}H${grid.width}" stroke="currentColor" stroke-opacity=".25"/><g transform="translate(0 ${HEAD})">${boxes}</g></g>`;
    top += HEAD + grid.height + BETWEEN;
    return body;
  });
  const legend = boxLegend(marks, fill, names.length, epochs, times);
  return {
    title, theme: marks.theme, width: bands[0].width, height: top, body: drawn.join("\n"), ...legend,
    provenance: [
      ...provenance({ ...situation, predictions: null }, null),
      `predictions of ${run?.name ?? ""}, epoch ${epoch}: a column holds what the network calls so, the surest first, a box is one observation; ${whole(marks.of.length)} boxes, ${whole(sum(marks.wrong))} wrong`,
      ...(marks.dim === null ? [] : [`${whole(marks.dim.length - sum(marks.dim))} of them stand out, the others step back`]),
      `Inscape ${study.version}`,
    ],
  };
}

const sum = (values: Uint8Array): number => values.reduce((all, one) => all + one, 0);

const shortened = (text: string, most: number): string => (text.length <= Math.max(2, most) ? text : `${text.slice(0, Math.max(1, most - 1))}…`);

/** What colour, frame and triangle mean: a line each. */
function boxLegend({ theme, wrong, often }: BoxMarks, fill: Fill, classCount: number, epochs: number, times: number): Pick<Sheet, "legend" | "legendHeight"> {
  const colors = ramp(theme);
  const stops = fill === "score" ? [0, 64, 128, 192, 255].map((step) => `<stop offset="${step / 255}" stop-color="${rgbToHex(colors[step])}"/>`) : ['<stop offset="0" stop-color="currentColor" stop-opacity=".18"/>', '<stop offset="1" stop-color="currentColor" stop-opacity=".75"/>'];
  const low = percent(1 / classCount, 0);
  const lines = [
    `<defs><linearGradient id="scores">${stops.join("")}</linearGradient></defs><text x="0" y="12">${low}</text><rect x="38" y="2" width="${RAMP_WIDTH}" height="12" fill="url(#scores)"/>` +
      `<text x="${44 + RAMP_WIDTH}" y="12">100 %: ${fill === "score" ? "score of the predicted class" : "hue is the true class, as at the heads; paler where the score of the predicted class is lower"}</text>`,
    `<rect x="0.5" y="0.5" width="11" height="15" fill="none" stroke="currentColor"/><rect x="3" y="3" width="6" height="10" fill="currentColor" fill-opacity=".55"/><text x="20" y="12">framed: wrong at this epoch, ${whole(sum(wrong))}</text>`,
    ...(epochs > 1 ? [`<path d="M6 2 11 12H1z" fill="currentColor"/><text x="20" y="12">triangle: wrong in more than ${times} of ${epochs} kept epochs, ${whole(sum(often))}</text>`] : []),
  ];
  return { legend: lines.map((line, at) => `<g transform="translate(0 ${6 + ROW * at})">${line}</g>`).join(""), legendHeight: 6 + ROW * lines.length };
}

/** @param counts [label * classes + predicted] */
export function confusionSheet(situation: Situation, counts: Uint32Array, title: string, theme: Theme): Sheet {
  const names = situation.study.dataset.classNames;
  const { rim, cell } = widths(counts, names);
  const count = names.length;
  const upright = names.every((name) => name.length <= UPRIGHT);
  const head = upright ? 36 : 112;
  const most = counts.reduce((high, one, at) => (at % (count + 1) === 0 ? high : Math.max(high, one)), 0);
  const text = (name: string) => escaped(shortened(name, upright ? UPRIGHT : 12));
  const across = names.map((name, predicted) => {
    const x = rim + (predicted + 0.5) * cell;
    return upright ? `<text x="${x}" y="${head - 6}" text-anchor="middle">${text(name)}</text>` : `<text transform="translate(${x + 4} ${head - 6}) rotate(-90)">${text(name)}</text>`;
  });
  const down = names.map((name, label) => `<text x="${rim - 6}" y="${head + label * LINE + 15}" text-anchor="end">${text(name)}</text>`);
  const cells = Array.from(counts, (one, at) => {
    const [label, predicted] = [Math.floor(at / count), at % count];
    if (one === 0) {
      return "";
    }
    const right = label === predicted;
    const [x, y] = [rim + predicted * cell, head + label * LINE];
    const share = most === 0 ? 0 : Math.sqrt(one / most);
    return `<rect class="cell" x="${x + 0.5}" y="${y + 0.5}" width="${cell - 1}" height="${LINE - 1}" rx="2" fill="${(right ? GOOD : BAD)[theme]}" fill-opacity="${right ? 0.16 : Math.round((0.08 + share * 0.37) * 100) / 100}"/><text x="${x + cell / 2}" y="${y + 15}" text-anchor="middle">${whole(one)}</text>`;
  });
  const [right, all] = [counts.reduce((found, one, at) => found + (at % (count + 1) === 0 ? one : 0), 0), counts.reduce((found, one) => found + one, 0)];
  return {
    title, theme, width: rim + cell * count, height: head + LINE * count + 8,
    body: `<text x="${rim}" y="12" fill-opacity=".75">predicted</text><text x="${rim - 6}" y="${head - 6}" text-anchor="end" fill-opacity=".75">true</text>${across.join("")}${down.join("")}${cells.join("")}`,
    legend: `<rect y="4" width="12" height="12" rx="2" fill="${GOOD[theme]}" fill-opacity=".3"/><text x="18" y="14">rightly called so</text><rect x="130" y="4" width="12" height="12" rx="2" fill="${BAD[theme]}" fill-opacity=".4"/><text x="148" y="14">taken for another class, stronger the more</text>`,
    legendHeight: 22,
    provenance: [...provenance({ ...situation, predictions: null }, null), `epoch ${situation.epoch}; rows: true class, columns: predicted class; ${whole(right)} of ${whole(all)} right; Inscape ${situation.study.version}`],
  };
}
