import type { Method, Parameters, ResultSummary } from "../../server/types";
import { type Situation, useApp, useLibrary, useWorkspace } from "../../parts/app";
import { JobProgress } from "../../parts/JobPanel";
import { EnergyChart } from "../../parts/EnergyChart";
import { energyShown, LayoutFacts } from "../../parts/LayoutFacts";
import { DimensionSwitch, MethodSelect } from "../../parts/MethodSelect";
import { useShown } from "../../parts/useShown";
import { decimals } from "../../parts/words";
import { figures } from "../../state/quality";
import { carriedOver, changedParameters, dimensionsOf, findResult } from "../../state/results";
import type { Chapter as Name } from "../../state/workspace";
import { Empty } from "../projection/Empty";
import { Chapter, ChapterPlane } from "./Chapter";

type Computed = Extract<Name, "distances" | "neighbours">;

const METHODS: Record<Computed, string[]> = { distances: ["smacof", "sammon", "mds", "smds", "pca"], neighbours: ["tsne", "umap"] };

const WORDS: Record<Computed, [string, string]> = {
  distances: [
    "Now the computer moves the points, so that every pair is as far apart as it is in all dimensions. What cannot be kept is called stress; each step lowers it.",
    "Space has more room than the plane, so the stress is lower there. Far distances win, and what is alike stays mixed in the middle.",
  ],
  neighbours: [
    "Perhaps only near ones matter. t-SNE and UMAP ask who is near whom, and let everything else go where it must. The energy says how badly neighbourhoods are kept.",
    "What is alike comes apart as islands. How large they are and how far apart says little; who lies inside, and who between them, says much.",
  ],
};

const SOURCE = { layer: "input" };

/** The chapter's method and what is kept of it. */
export function computedMethod(chapter: Computed, situation: Situation, summaries: readonly ResultSummary[], parameters: Parameters) {
  const { study, method } = situation;
  const methods = METHODS[chapter].map((name) => study.methods.find((one) => one.name === name)).filter((one): one is Method => one !== undefined);
  const chosen = methods.find(({ name }) => name === method.name) ?? methods[0] ?? null;
  const settings = chosen === null ? {} : chosen.name === method.name ? parameters : carriedOver(chosen, parameters);
  const kept = chosen === null ? null : (findResult(summaries, SOURCE, chosen, settings)?.summary ?? null);
  return { methods, chosen, settings, kept };
}

/** Layouts that are computed, moving while they are: MDS for distances, t-SNE and UMAP for neighbours. */
export function ComputedChapter({ chapter, situation }: { chapter: Computed; situation: Situation }) {
  const { parameters } = useWorkspace();
  const { summaries } = useLibrary();
  const { methods, chosen, settings } = computedMethod(chapter, situation, summaries, parameters);
  return chosen === null ? (
    <div className="empty" role="status">
      <h3>This server has no method for it.</h3>
      <p>A newer Inscape has MDS, t-SNE and UMAP.</p>
    </div>
  ) : (
    <Shown chapter={chapter} situation={{ ...situation, method: chosen, source: SOURCE, layer: "input" }} methods={methods} settings={settings} />
  );
}

function Shown({ chapter, situation, methods, settings }: { chapter: Computed; situation: Situation; methods: Method[]; settings: Parameters }) {
  const { store, library } = useApp();
  const { summaries } = useLibrary();
  const { method } = situation;
  const { kept, running, trace, match, layout, dims, live, sized } = useShown(SOURCE, method, settings);
  const energy = energyShown({ kept, running, trace });
  const weights = method.parameters.find(({ name, kind }) => name === "weights" && kind === "choice");
  const [before, after] = WORDS[chapter];
  const choose = (next: Method) => store.change({ method: next.name, parameters: carriedOver(next, settings) });
  const setDimensions = (dimensions: 2 | 3) => store.change({ method: method.name, parameters: dimensions === 3 ? { ...settings, dimensions } : without(settings) });
  return (
    <Chapter
      picture={
        sized && layout !== null ? (
          <ChapterPlane situation={situation} layout={layout} dims={dims} live={live} kept={live ? null : kept} description={`${method.title} of all observations.`} />
        ) : (
          <Empty situation={situation} parameters={settings} trace={trace} loading={match !== null} wrongShape={layout !== null} />
        )
      }
    >
      <p>{before}</p>
      <div className="chapter-row">
        {methods.length > 1 && <MethodSelect methods={methods} method={method.name} onChoose={choose} />}
        <DimensionSwitch method={method} dims={dimensionsOf(method, settings)} onChoose={setDimensions} />
        {weights?.choices != null && (
          <label className="field" title={weights.text}>
            weights
            <select value={String(settings.weights ?? weights.default)} data-testid="chapter-weights" onChange={(event) => store.change({ method: method.name, parameters: changedParameters(method, { ...settings, weights: event.target.value }) })}>
              {weights.choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choice.toLowerCase()}
                </option>
              ))}
            </select>
          </label>
        )}
        {running === null && kept === null && (
          <button type="button" className="primary-button" data-testid="chapter-compute" onClick={() => void library.project(SOURCE, method.name, settings)}>
            Compute
          </button>
        )}
      </div>
      {running !== null && (
        <div className="chapter-job">
          <JobProgress trace={running} />
        </div>
      )}
      {energy.curve.length >= 2 && <EnergyChart key={`${method.name}/${kept?.result.digest}`} {...energy} method={method.name} height={116} />}
      <Dimensions method={method} summaries={summaries} settings={settings} />
      <p className="sentence">{after}</p>
      <LayoutFacts situation={situation} source={SOURCE} parameters={settings} energy={false} />
    </Chapter>
  );
}

function without(settings: Parameters): Parameters {
  const { dimensions: _, ...rest } = settings;
  return rest;
}

/** The stress in the plane beside that in space, where both are kept. */
function Dimensions({ method, summaries, settings }: { method: Method; summaries: readonly ResultSummary[]; settings: Parameters }) {
  const stress = (dimensions: 2 | 3): number | null => {
    const found = findResult(summaries, SOURCE, method, dimensions === 3 ? { ...settings, dimensions } : without(settings));
    const all = found === null ? [] : figures(found.summary.quality);
    return (all.find(({ key }) => key === "stressScaled") ?? all.find(({ key }) => key.startsWith("stress")))?.value ?? null;
  };
  const [plane, space] = [stress(2), stress(3)];
  return plane === null || space === null ? null : (
    <p className="sentence" data-testid="stress-dimensions">
      Stress <strong>{decimals(plane)}</strong> in the plane, <strong>{decimals(space)}</strong> in space.
    </p>
  );
}
