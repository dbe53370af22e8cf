import { useMemo } from "react";
import { createPortal } from "react-dom";
import { type BoxMarks, classShades, scoreColors } from "../../draw/boxPicture";
import { classColors } from "../../draw/palette";
import { type Situation, useApp, useCell, useWorkspace } from "../../parts/app";
import { Icon } from "../../parts/Icon";
import { Multiple } from "../../parts/Multiple";
import { Unavailable } from "../../parts/Unavailable";
import { epochWords, percent, sourceTitle, whole } from "../../parts/words";
import { columnsOf, confusion, oftenWrong, type Outcomes, scoreOf, threshold } from "../../state/outcomes";
import type { Predictions } from "../../state/predictions";
import { hasScores, whyNoScores } from "../../state/brought";
import { BoxControls } from "./BoxControls";
import { Boxes } from "./Boxes";
import { Chosen, Confusion, widths } from "./Confusion";
import { ClassTable } from "./ClassTable";
import { Lists } from "./Lists";
import { saveBoxes, saveBoxPicture, saveConfusion, saveConfusionPicture } from "./saving";
import { useClasses, useOutcomes } from "./useClasses";

/** From so many classes on one may look for some of them. */
const MANY = 12;
/** The matrix gets so much room at most, in pixels, and scrolls then. */
const MOST_BESIDE = 420;

/** Which class the network puts each observation into, how surely, how rightly, and how that changes over the epochs. */
export function ClassesView({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const outcomes = useOutcomes(situation);
  const why = whyNot(situation);
  const { predictions } = situation;
  const title = situation.run === null || why !== null ? "Classes" : `Classes that ${situation.run.name} predicts ${epochWords(situation.epoch ?? 0)}`;
  if (why !== null || predictions === null) {
    return (
      <div className="classes projection" data-testid="classes">
        <header className="panel-header">
          <h2 data-testid="title">{title}</h2>
        </header>
        <div className="plane-frame">
          {why === null ? (
            <div className="empty" role="status" data-testid="why-not">
              <h3>Loading the predictions</h3>
            </div>
          ) : (
            <div data-testid="why-not" style={{ display: "contents" }}>
              <Unavailable title={why.title} why={why.text} />
            </div>
          )}
        </div>
      </div>
    );
  }
  return <Shown situation={situation} predictions={predictions} outcomes={outcomes} title={title} table={table} onTable={onTable} />;
}

/** Why there are no columns of boxes, and what to do; null where there are. */
export function whyNot({ study, run, epoch }: Situation): { title: string; text: string } | null {
  const { kind, classNames } = study.dataset;
  if (kind === "vectors" && run === null) {
    return { title: "These are vectors without a network.", text: "This view shows what a network takes each observation for. It needs a study of images with a trained run; the vectors themselves are under Projection." };
  }
  if (classNames.length < 2 && (run === null || hasScores(run))) {
    return { title: "These data have no labels.", text: "Right and wrong are known only where each observation has a class. Make the study from data with labels to see its classes here." };
  }
  if (run === null) {
    return { title: "This study has no run yet.", text: "Train one into it: ./inscape train mnist --model mlp --study DIR. Its predictions appear here after the first kept epoch." };
  }
  const none = whyNoScores(run, study);
  if (none !== null) {
    return none;
  }
  if (epoch === null || !run.snapshots.includes(epoch)) {
    return { title: epoch === null ? "No epoch is kept yet." : `Epoch ${epoch} is not kept.`, text: run.snapshots.length === 0 ? "The first kept epoch appears here as soon as training has reached it." : `Predictions are there for epochs ${run.snapshots.join(", ")}: choose one on the time axis.` };
  }
  return null;
}

interface ShownProps {
  situation: Situation;
  predictions: Predictions;
  outcomes: Outcomes | null;
  title: string;
  table: boolean;
  onTable(): void;
}

function Shown({ situation, predictions, outcomes, title, table, onTable }: ShownProps) {
  const { side, library } = useApp();
  const host = useCell(side);
  const { color, parameters, palette } = useWorkspace();
  const [classes, change] = useClasses();
  const { study, observations, source } = situation;
  const names = study.dataset.classNames;
  const columns = useMemo(() => columnsOf(predictions), [predictions]);
  const counts = useMemo(() => confusion(predictions, observations.labels), [predictions, observations.labels]);
  const marks = useBoxMarks(situation, predictions, outcomes);
  const wanted = classes.find.trim().toLowerCase();
  const shown = useMemo(() => names.flatMap((name, label) => (wanted === "" || name.toLowerCase().includes(wanted) ? [label] : [])), [names, wanted]);
  const right = observations.count - predictions.wrongCount;
  const { rim, cell } = widths(counts, names);
  const beside = Math.max(332, Math.min(MOST_BESIDE, rim + cell * names.length + 22));
  const description = `${names.length} columns of predicted classes, a box per observation, the surest on top; ${predictions.wrongCount} of ${observations.count} are wrong and framed. The same as a table: press T.`;
  const told = (error: unknown) => library.notify(error);
  const savePicture = (kind: "svg" | "png") => {
    const epochs = outcomes?.epochs.length ?? 0;
    const picture = { title, columns, marks, fill: classes.fill, classHues: classColors(palette, marks.theme, names.length), epochs, times: threshold(classes.often, epochs) };
    saveBoxPicture(kind, situation, picture).catch(told);
  };
  return (
    <div className="classes projection" data-testid="classes">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">{title}</h2>
          <p className="sentence">
            <strong>{percent(right / Math.max(1, observations.count), 2)}</strong> of {whole(observations.count)} are right. A column holds what the network calls so, the surest on top{names.length > MANY ? "." : "; a box is one observation."}
          </p>
        </div>
        {names.length > MANY && (
          <input type="search" className="find-class" data-testid="find-class" value={classes.find} placeholder="Find a class" aria-label="Only columns of classes with this name" onChange={(event) => change({ find: event.target.value }, "along")} />
        )}
      </header>
      <div className="classes-body" style={{ "--beside": `${beside}px` } as React.CSSProperties}>
        <div className="classes-boxes">
          {shown.length > 0 ? (
            <Boxes situation={situation} predictions={predictions} outcomes={outcomes} columns={columns} classes={shown} marks={marks} description={description} />
          ) : (
            <p className="empty">No class is called “{classes.find}”.</p>
          )}
          {table && <ClassTable situation={situation} predictions={predictions} columns={columns} outcomes={outcomes} />}
        </div>
        <div className="classes-beside">
          {source !== null && <Multiple panel={{ source, title: sourceTitle(source) }} situation={situation} parameters={parameters} />}
          {color !== "class" && <ColorNote />}
          <section className="confusion-panel" aria-label="Confusion matrix">
            <Confusion situation={situation} predictions={predictions} counts={counts} />
            <Chosen situation={situation} predictions={predictions} />
          </section>
        </div>
      </div>
      <BoxControls outcomes={outcomes} marks={marks} wrongCount={predictions.wrongCount} classCount={names.length} table={table} onTable={onTable}>
        <details className="menu">
          <summary className="tool" title="Save" aria-label="Save" data-testid="save">
            <Icon name="download" />
          </summary>
          <div className="menu-items">
            {(["svg", "png"] as const).map((kind) => (
              <button key={kind} type="button" data-testid={`save-boxes-${kind}`} onClick={(event) => closing(event, () => savePicture(kind))}>
                Boxes as {kind.toUpperCase()}
              </button>
            ))}
            <button type="button" data-testid="save-boxes" disabled={outcomes === null} onClick={(event) => closing(event, () => saveBoxes(columns.rows, situation, outcomes!, classes.often))}>
              Boxes as CSV
            </button>
            {(["svg", "png"] as const).map((kind) => (
              <button key={kind} type="button" data-testid={`save-confusion-${kind}`} onClick={(event) => closing(event, () => saveConfusionPicture(kind, situation, counts, marks.theme).catch(told))}>
                Confusion matrix as {kind.toUpperCase()}
              </button>
            ))}
            <button type="button" data-testid="save-confusion" onClick={(event) => closing(event, () => saveConfusion(counts, situation))}>
              Confusion matrix as CSV
            </button>
          </div>
        </details>
      </BoxControls>
      {host !== null && outcomes !== null && createPortal(<Lists situation={situation} outcomes={outcomes} />, host)}
    </div>
  );
}

function closing(event: React.MouseEvent, act: () => void): void {
  event.currentTarget.closest("details")!.open = false;
  act();
}

/** The projection may mean something else than classes by colour; there is no room for its scale here. */
function ColorNote() {
  const { store } = useApp();
  return (
    <p className="chosen secondary">
      Its colour does not mean the true class.
      <button type="button" className="quiet" onClick={() => store.change({ color: "class" })}>
        Colour by class
      </button>
    </p>
  );
}

function useBoxMarks(situation: Situation, predictions: Predictions, outcomes: Outcomes | null): BoxMarks {
  const { theme: themeCell, pointer } = useApp();
  const theme = useCell(themeCell);
  const { emphasis } = useCell(pointer);
  const { palette, selection, hiddenClasses } = useWorkspace();
  const [{ fill, often }] = useClasses();
  const { labels } = situation.observations;
  const classCount = situation.study.dataset.classNames.length;
  const scores = useMemo(() => Float32Array.from(predictions.winner, (_, row) => scoreOf(predictions, row)), [predictions]);
  const painted = useMemo(
    () => (fill === "score" ? scoreColors(theme, scores, 1 / classCount) : classShades(theme, classColors(palette, theme, classCount), labels, scores, 1 / classCount)),
    [fill, theme, palette, scores, labels, classCount],
  );
  const marked = useMemo(() => (outcomes === null || outcomes.epochs.length < 2 ? new Uint8Array(labels.length) : oftenWrong(outcomes, threshold(often, outcomes.epochs.length))), [outcomes, often, labels.length]);
  const dim = useMemo(() => {
    if (selection.length === 0 && hiddenClasses.length === 0 && emphasis === null) {
      return null;
    }
    const chosen = selection.length === 0 ? null : new Set(selection);
    return Uint8Array.from(labels, (label, row) => ((chosen !== null && !chosen.has(row)) || hiddenClasses.includes(label) || (emphasis !== null && label !== emphasis) ? 1 : 0));
  }, [selection, hiddenClasses, emphasis, labels]);
  return useMemo(() => ({ theme, ...painted, wrong: predictions.wrong, often: marked, dim }), [theme, painted, predictions, marked, dim]);
}
