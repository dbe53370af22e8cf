/** Tables and pictures of neurons to take away, with what is needed to make them again. */
import type { Picture } from "../../../draw/exports";
import type { Situation } from "../../../parts/app";
import { download, provenance } from "../../../parts/saving";
import type { Parameters, TaskSummary } from "../../../server/types";
import { epochWords } from "../../../parts/words";
import type { UnitMap, Units, UnitScores } from "./useUnits";

const written = (parameters: Parameters): string => Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(", ");

const line = (what: string, match: TaskSummary | null): string[] => (match === null ? [] : [`${what}: ${match.method}, ${written(match.parameters)}; result ${match.digest.slice(0, 12)}`]);

/** Where a map comes from, line by line. */
export function unitProvenance(situation: Situation, units: Units, map: TaskSummary | null, scores: UnitScores, epoch: string): string[] {
  const { place, count } = units;
  return [
    ...provenance({ ...situation, predictions: null }, null),
    `${count} neurons of ${place.layer} ${epoch}${place.pooling === "none" ? "" : `, channels with the ${place.pooling === "mean" ? "mean" : "maximum"} over positions`}`,
    ...line("layout", map),
    ...line("scores", scores.match),
    `Inscape ${situation.study.version}`,
  ];
}

const number = (value: number | undefined): string => (value === undefined || !Number.isFinite(value) ? "" : String(Number(value.toPrecision(7))));

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One row per neuron: its place, its best class, and per class its score and mean. */
export function unitsCsv(rows: readonly number[], situation: Situation, units: Units, map: UnitMap, found: UnitScores): string {
  const names = situation.study.dataset.classNames;
  const { scores, best, report } = found;
  const dead = new Set(report?.dead ?? map.report?.dead ?? []);
  const places = new Map(Array.from(map.live ?? [], (unit, row) => [unit, row]));
  const perClass = (title: string, has: Float32Array | null) => (has === null ? [] : names.map((name) => quoted(`${title} ${name}`)));
  const head = ["neuron", "dead", "x", "y", ...(scores === null ? [] : ["best", "overall mean", "deviation", ...perClass("score", scores.values), ...perClass("second seed", scores.second), ...perClass("mean", scores.mean)])];
  const comments = unitProvenance(situation, units, map.match, found, epochWords(units.place.epoch)).map((text) => `# ${text}`);
  const body = rows.map((unit) => {
    const row = places.get(unit);
    const cells = [String(unit), dead.has(unit) ? "1" : "0", number(row === undefined ? undefined : map.layout?.[row * 2]), number(row === undefined ? undefined : map.layout?.[row * 2 + 1])];
    if (scores !== null) {
      const of = (values: Float32Array | null) => (values === null ? [] : names.map((_, label) => number(values[label * scores.units + unit])));
      cells.push(best !== null && best[unit] >= 0 ? quoted(names[best[unit]]) : "", number(scores.overall?.[unit]), number(scores.deviation?.[unit]), ...of(scores.values), ...of(scores.second), ...of(scores.mean));
    }
    return cells.join(",");
  });
  return [...comments, head.join(","), ...body, ""].join("\n");
}

export const saveUnits = (text: string, name: string): void => download(`${name}.csv`, new Blob([text], { type: "text/csv" }));

/** Two pictures side by side as one: points move so far that each lies in its own half. */
export function beside(left: Picture, right: Picture): Picture {
  const { size, camera } = left;
  const wide = { width: size.width + right.size.width, height: Math.max(size.height, right.size.height) };
  const scaleOf = (picture: Picture) => (Math.min(picture.size.width, picture.size.height) / 2) * picture.camera.scale;
  const scale = (Math.min(wide.width, wide.height) / 2) * camera.scale;
  const moved = (picture: Picture, middle: number) => picture.flat.map((value, at) => {
    const [from, to] = at % 2 === 0 ? [picture.camera.x, camera.x] : [picture.camera.y, camera.y];
    return to + ((value - from) * scaleOf(picture)) / scale + (at % 2 === 0 ? (middle - wide.width / 2) / (scale * 0.94) : 0);
  });
  const count = left.marks.labels.length;
  const [a, b] = [left.marks, right.marks];
  const shift = a.colors.length;
  const labels = Uint16Array.from([...Array.from(a.labels), ...Array.from(b.labels, (label) => label + shift)]);
  const scales = a.scale !== null && b.scale !== null ? { ...b.scale, values: Float32Array.from([...a.scale.values, ...b.scale.values]) } : null;
  return {
    ...right,
    flat: Float32Array.from([...moved(left, size.width / 2), ...moved(right, size.width + right.size.width / 2)]),
    marks: { ...b, labels, colors: [...a.colors, ...b.colors], scale: scales, selection: [...a.selection, ...b.selection.map((row) => row + count)] },
    size: wide,
    camera,
  };
}
