import { type Situation, useApp, useLibrary, useWorkspace } from "../../parts/app";
import { Legend } from "../../parts/Legend";
import { datasetTitle, whole } from "../../parts/words";
import { CHAPTERS, type Chapter, HOME } from "../../state/workspace";
import { ComputedChapter, computedMethod } from "./ComputedChapter";
import { DirectionsChapter } from "./DirectionsChapter";
import { PixelsChapter } from "./PixelsChapter";

const TITLES: Record<Chapter, string> = { pixels: "Two pixels", directions: "Two directions", distances: "Distances", neighbours: "Neighbours" };
const NUMBERS = ["No", "One", "Two", "Three", "Four"];

/** The way in: what a picture of many-dimensional data is, from two pixels to layouts that are computed. */
export function ExploreView({ situation }: { situation: Situation }) {
  const { store, library } = useApp();
  const { chapter, parameters } = useWorkspace();
  const { summaries } = useLibrary();
  const { study, observations } = situation;
  const { shape, columns, name } = study.dataset;
  const features = shape === null ? (columns ?? 0) : shape.channels * shape.rows * shape.cols;
  const things = shape === null ? "rows" : "images";
  // Directions are painted on images.
  const chapters = CHAPTERS.filter((one) => shape !== null || one !== "directions" || chapter === one);
  const computed = chapter === "distances" || chapter === "neighbours";
  const match = computed ? computedMethod(chapter, situation, summaries, parameters) : null;
  const kept = match?.kept == null ? null : (library.result(match.kept.digest) ?? null);
  return (
    <div className="explore">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">How does one look at {whole(features)} dimensions?</h2>
          <p className="sentence">
            Each of the {whole(observations.count)} {things} of {datasetTitle(name)} is {whole(features)} numbers. {NUMBERS[chapters.length]} ways to see them at once, from the simplest on.
          </p>
        </div>
        <div className="segments" role="group" aria-label="Chapters">
          {chapters.map((one, at) => (
            <button key={one} type="button" aria-pressed={one === chapter} data-testid={`chapter-${one}`} onClick={() => store.change({ chapter: one, camera: HOME })}>
              {at + 1} {shape === null && one === "pixels" ? "Two features" : TITLES[one]}
            </button>
          ))}
        </div>
      </header>
      {chapter === "pixels" && <PixelsChapter situation={situation} />}
      {chapter === "directions" && <DirectionsChapter situation={situation} />}
      {computed && <ComputedChapter key={chapter} chapter={chapter} situation={situation} />}
      <Legend predictions={situation.predictions} kept={kept} wrongCount={null} />
    </div>
  );
}
