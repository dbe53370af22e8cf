import { useCallback, useMemo } from "react";
import { createPortal } from "react-dom";
import { fitLayout, fitted, fitOf, type Size } from "../../../draw/camera";
import type { Picture } from "../../../draw/exports";
import { turnedTo } from "../../../draw/procrustes";
import { rgbToHex } from "../../../draw/palette";
import { looks, type Marks } from "../../../draw/scene";
import type { Under } from "../../../draw/stillPoints";
import { ramp, RAMP, TRAIL_GROUND, trailHues } from "../../../draw/trailColors";
import { drawStrokes, unitStrokes, type UnitWays } from "../../../draw/unitTrails";
import { type Situation, useApp, useCell, useWorkspace } from "../../../parts/app";
import { hooks } from "../../../parts/hooks";
import { savePng, saveSvg } from "../../../parts/saving";
import { epochWords, measured, whole } from "../../../parts/words";
import type { Camera } from "../../../state/workspace";
import { Tools } from "../../projection/Tools";
import { useActions } from "./actions";
import { NoMap } from "./NoMap";
import { beside, saveUnits, unitProvenance, unitsCsv } from "./saving";
import { type Need, UnitForm } from "./UnitForm";
import { UnitLegend } from "./UnitLegend";
import { UnitList } from "./UnitList";
import { UnitPlane } from "./UnitPlane";
import { UnitTable } from "./UnitTable";
import { rowsOf, type UnitPainting, useUnitPaint } from "./useUnitPaint";
import { type UnitMap, type Units, type UnitScores, type UnitTrails, useUnitMap } from "./useUnits";

interface MapPanelProps {
  situation: Situation;
  units: Units;
  map: UnitMap;
  scores: UnitScores;
  trails: UnitTrails;
  /** The left epoch of a pair, and what is known of it. */
  before: number;
  beforeScores: UnitScores;
  title: string;
  table: boolean;
  onTable(): void;
}

/** The map of a layer's neurons: one epoch, two side by side, or their ways through all of them. */
export function MapPanel(props: MapPanelProps) {
  const { situation, units, map, scores, trails, before, beforeScores, title, table, onTable } = props;
  const { store, library } = useApp();
  const { neurons } = useWorkspace();
  const pair = neurons.arrangement === "pair";
  const ways = neurons.arrangement === "trails";
  const { epoch } = units.place;
  const beforeMap = useUnitMap(pair ? units : null, before);
  const painting = useUnitPaint(map.live, scores, pair ? { live: beforeMap.live, found: beforeScores } : null);
  const beforePainting = useUnitPaint(pair ? beforeMap.live : null, beforeScores, { live: map.live, found: scores });
  const walked = useWays(ways ? trails : null, scores, units);
  const turned = useMemo(() => {
    if (beforeMap.layout === null || beforeMap.live === null || map.layout === null || map.live === null) {
      return beforeMap.layout;
    }
    const rows = new Map(Array.from(map.live, (unit, row) => [unit, row]));
    const pairs = Array.from(beforeMap.live, (unit, row): [number, number] => [row, rows.get(unit) ?? -1]).filter(([, other]) => other >= 0);
    return turnedTo(beforeMap.layout, map.layout, pairs);
  }, [beforeMap.layout, beforeMap.live, map.layout, map.live]);

  const size = (): Size => hooks.planeSize();
  const pictureOf = (layout: Float32Array, painted: UnitPainting, when: string, match: UnitMap, found: UnitScores): Picture => ({
    title: `${title}${pair ? `, ${when}` : ""}`,
    provenance: unitProvenance(situation, units, match.match, found, when),
    flat: fitLayout(layout),
    depth: null,
    marks: painted.marks,
    scaleTitle: scaleTitle(painted, situation, neurons.chosen),
    ...(painted.diverging === null ? {} : { ramp: { colors: painted.diverging.colors, low: -painted.diverging.reach, high: painted.diverging.reach } }),
    classNames: situation.study.dataset.classNames,
    counts: countsOf(match.live ?? new Int32Array(0), found, situation.study.dataset.classNames.length),
    camera: store.get().camera,
    size: size(),
    insets: [],
    images: null,
  });
  const picture = (): Picture | null => {
    if (ways) {
      return walked === null ? null : walkedPicture(walked, title, unitProvenance(situation, units, trails.match, scores, "through the epochs"), situation, store.get().camera, size(), scores, trails);
    }
    if (map.layout === null || painting === null) {
      return null;
    }
    const right = pictureOf(map.layout, painting, epochWords(epoch), map, scores);
    if (!pair || turned === null || beforePainting === null) {
      return right;
    }
    const left = pictureOf(turned, beforePainting, epochWords(before), beforeMap, beforeScores);
    const { linked, rightEye } = store.get();
    const both = beside(left, { ...right, camera: linked ? right.camera : rightEye.camera });
    return { ...both, title: `${title}: left ${epochWords(before)}, right ${epochWords(epoch)}`, provenance: [...new Set([...right.provenance, ...left.provenance])] };
  };
  const name = `inscape-neurons-${units.place.layer}-epoch-${epoch}`;
  const csv = (which: readonly number[] | null) => saveUnits(unitsCsv(which ?? Array.from({ length: units.count }, (_, unit) => unit), situation, units, map, scores), which === null ? name : `${name}-selection`);
  const save = (kind: "svg" | "png" | "csv") => {
    if (kind === "csv") {
      csv(null);
      return;
    }
    const complete = picture();
    if (complete !== null) {
      (kind === "svg" ? saveSvg(complete, name) : savePng(complete, name)).catch((error: unknown) => library.notify(error));
    }
  };

  const live = ways ? trails.live : map.live;
  const needs = (of: (at: number) => { match: unknown; running: unknown }): Need => {
    const epochs = pair && before !== epoch ? [before, epoch] : [epoch];
    return { epochs, missing: epochs.filter((at) => of(at).match === null && of(at).running === null), busy: epochs.some((at) => of(at).running !== null) };
  };
  const maps = needs((at) => (at === epoch ? map : beforeMap));
  const scored = needs((at) => (at === epoch ? scores : beforeScores));
  const walking: Need = { epochs: [], missing: trails.match === null ? [epoch] : [], busy: trails.running !== null };
  const describe = (when: string, count: number) => `Neurons of ${units.place.layer} ${when}: ${whole(count)} points, near where two go together. The same as a table: press T.`;
  return (
    <>
      <div className={`plane-frame unit-frame${pair ? " unit-pair" : ""}`} data-trails={ways}>
        {ways ? (
          <div className="unit-pane">
            {walked !== null && trails.live !== null ? (
              <UnitPlane live={trails.live} layout={walked.flat} marks={walked.marks} scores={scores} under={walked.under} fixed description={describe(`through ${trails.epochs.length} epochs`, trails.live.length)} />
            ) : (
              <NoMap situation={situation} units={units} found={trails} dead={null} kind="trails" epoch={epoch} scores={scores} />
            )}
            {walked !== null && <span className="unit-caption on-dark">{epochWords(trails.epochs[walked.now])}</span>}
          </div>
        ) : (
          <>
            {pair && (
              <div className="unit-pane">
                {turned !== null && beforeMap.live !== null && beforePainting !== null ? (
                  <UnitPlane live={beforeMap.live} layout={turned} marks={beforePainting.marks} scores={beforeScores} leading={false} right description={describe(epochWords(before), beforeMap.live.length)} />
                ) : (
                  <NoMap situation={situation} units={units} found={beforeMap} dead={beforeMap.report?.dead ?? null} kind="map" epoch={before} scores={beforeScores} />
                )}
                <Caption epoch={before} map={beforeMap} />
              </div>
            )}
            <div className="unit-pane">
              {map.layout !== null && map.live !== null && map.live.length > 1 && painting !== null ? (
                <UnitPlane live={map.live} layout={map.layout} marks={painting.marks} scores={scores} description={describe(epochWords(epoch), map.live.length)} />
              ) : (
                <NoMap situation={situation} units={units} found={map} dead={map.report?.dead ?? null} kind="map" epoch={epoch} scores={scores} />
              )}
              {pair && <Caption epoch={epoch} map={map} />}
            </div>
          </>
        )}
        {table && <UnitTable situation={situation} units={units} map={map} found={scores} />}
        <Tools space={false} images={false} onTable={onTable} table={table} onSave={save} ready={ways ? walked !== null : map.layout !== null} csv="Neurons as CSV" />
        {pair && <PairTools situation={situation} before={before} />}
      </div>
      <UnitLegend situation={situation} painting={ways && walked !== null && painting !== null ? { ...painting, colors: walked.colors } : painting} scores={scores} live={live} trails={ways} />
      <div className="method-row unit-row-of-forms">
        <UnitForm situation={situation} units={units} maps={maps} trails={walking} scores={scored} />
      </div>
      <Side situation={situation} units={units} scores={scores} map={map} onSave={csv} />
    </>
  );
}

/** The list stands in the inspector, with every panel of the view. */
export function Side({ situation, units, scores, map, onSave }: { situation: Situation; units: Units; scores: UnitScores; map: UnitMap; onSave?: (which: readonly number[]) => void }) {
  const { side } = useApp();
  const host = useCell(side);
  const save = onSave ?? ((which) => saveUnits(unitsCsv(which, situation, units, map, scores), `inscape-neurons-${units.place.layer}-epoch-${units.place.epoch}-selection`));
  return host === null ? null : createPortal(<UnitList situation={situation} units={units} found={scores} dead={scores.report?.dead ?? map.report?.dead ?? []} onSave={save} />, host);
}

function Caption({ epoch, map }: { epoch: number; map: UnitMap }) {
  const { report, live } = map;
  return (
    <span className="unit-caption">
      {epochWords(epoch)}
      {report !== null && live !== null && (
        <span className="secondary">
          {" "}
          {whole(live.length)} neurons{report.stress === null ? "" : `, stress ${report.stress.toFixed(3)}`}
        </span>
      )}
    </span>
  );
}

/** Which epoch stands left, and whether both are seen from the same place. */
function PairTools({ situation, before }: { situation: Situation; before: number }) {
  const { store } = useApp();
  const { linked } = useWorkspace();
  const actions = useActions();
  const epochs = [...(situation.run?.snapshots ?? [])].sort((a, b) => a - b);
  const link = () => store.change(linked ? { linked: false, rightEye: { camera: store.get().camera, orbit: store.get().orbit } } : { linked: true });
  return (
    <div className="unit-pair-tools">
      <label className="field">
        <span>left: epoch</span>
        <select value={before} data-testid="before-epoch" onChange={(event) => actions.change({ before: Number(event.target.value) })}>
          {epochs.map((epoch) => (
            <option key={epoch} value={epoch}>
              {epoch}
            </option>
          ))}
        </select>
      </label>
      <label className="field" title="Both maps move and zoom together">
        <input type="checkbox" checked={linked} onChange={link} /> together
      </label>
    </div>
  );
}

function scaleTitle(painting: UnitPainting, situation: Situation, chosen: number | null): string | null {
  const name = chosen === null ? "" : (situation.study.dataset.classNames[chosen] ?? "");
  return painting.meaning === "scores" ? `score for class ${name}` : painting.meaning === "contrast" ? `mean in ${name} less overall` : null;
}

function countsOf(live: Int32Array, { best }: UnitScores, classes: number): number[] {
  const all = new Array<number>(classes).fill(0);
  live.forEach((unit) => {
    const label = best?.[unit] ?? -1;
    if (label >= 0) {
      all[label]++;
    }
  });
  return all;
}

interface Walked {
  ways: UnitWays;
  /** Where points stand now. */
  flat: Float32Array;
  now: number;
  marks: Marks;
  colors: readonly string[];
  under(camera: Camera, size: Size): Under;
  ground: string;
}

/** The ways of neurons, with points where they are at the epoch of the time axis. */
function useWays(trails: UnitTrails | null, { best }: UnitScores, units: Units): Walked | null {
  const { theme } = useApp();
  const { palette, units: selection } = useWorkspace();
  const { study } = useApp().library.get();
  const now = useCell(theme);
  const classes = Math.max(1, study?.dataset.classNames.length ?? 1);
  const { epoch } = units.place;
  const ramps = useMemo(() => trailHues(palette, "dark", classes, []).map((hue) => ramp(hue)), [palette, classes]);
  const [live, layouts, epochs] = [trails?.live ?? null, trails?.layouts ?? null, trails?.epochs ?? NONE];
  const ways = useMemo((): UnitWays | null => {
    if (live === null || layouts === null) {
      return null;
    }
    const of = Int16Array.from(live, (unit) => best?.[unit] ?? -1);
    return { steps: epochs.length, positions: fitted(layouts, fitOf(layouts)), of, ramps };
  }, [live, layouts, epochs, best, ramps]);
  const step = nearest(epochs, epoch);
  const ground = TRAIL_GROUND[now];
  const flat = useMemo(() => (ways === null || live === null ? null : ways.positions.subarray(step * live.length * 2, (step + 1) * live.length * 2)), [ways, live, step]);
  const colors = useMemo(() => ramps.map((one) => rgbToHex(one[RAMP - 1])), [ramps]);
  const marks = useMemo(
    (): Marks | null =>
      ways === null || live === null
        ? null
        : { labels: Uint16Array.from(ways.of, (label) => (label < 0 ? colors.length : label)), colors: [...colors, "#aab1bb"], scale: null, theme: "dark", hiddenClasses: [], selection: rowsOf(live, selection), wrong: null, emphasis: null },
    [ways, live, colors, selection],
  );
  const under = useCallback(
    (camera: Camera, size: Size): Under => ({ ground, draw: (context) => (ways === null || marks === null ? undefined : drawStrokes(context, unitStrokes(ways, looks(marks), step, camera, size))) }),
    [ways, marks, step, ground],
  );
  return ways === null || flat === null || marks === null ? null : { ways, flat, now: step, marks, colors, under, ground };
}

const NONE: number[] = [];

/** The step at an epoch, or the last one before it. */
function nearest(epochs: readonly number[], epoch: number): number {
  let found = 0;
  epochs.forEach((at, step) => {
    found = at <= epoch ? step : found;
  });
  return found;
}

function walkedPicture(walked: Walked, title: string, lines: string[], situation: Situation, camera: Camera, size: Size, scores: UnitScores, trails: UnitTrails): Picture {
  const { ways, marks, now, ground, flat } = walked;
  const names = situation.study.dataset.classNames;
  return {
    title,
    provenance: [...lines, `trails of epochs ${trails.epochs.join(", ")}: dark early, bright late; points ${epochWords(trails.epochs[now])}`],
    flat: Float32Array.from(flat),
    depth: null,
    marks,
    scaleTitle: null,
    classNames: names,
    counts: countsOf(trails.live ?? new Int32Array(0), scores, names.length),
    camera,
    size,
    insets: [],
    images: null,
    under: { ground, strokes: unitStrokes(ways, looks(marks), now, camera, size) },
  };
}

/** Numbers of the map beside the title. */
export function MapNumbers({ map, units }: { map: UnitMap; units: Units }) {
  if (map.report === null || map.live === null) {
    return null;
  }
  return (
    <dl className="quality" data-testid="unit-numbers">
      <div title="Neurons on the map; the others say the same for every observation">
        <dt>Live neurons</dt>
        <dd>
          {whole(map.live.length)}
          <span className="secondary"> of {whole(units.count)}</span>
        </dd>
      </div>
      {map.report.stress !== null && (
        <div title="How badly distances on the map follow the dissimilarities: 0 is perfect">
          <dt>Stress</dt>
          <dd>{measured(map.report.stress)}</dd>
        </div>
      )}
    </dl>
  );
}
