import { datasetTitle, whole } from "../../parts/words";
import type { DataFacts } from "../../server/imports";
import { readingFields, standsWithField } from "../../state/import/reading";
import type { ImportSession, ImportState } from "../../state/import/session";
import { ReadingFields } from "./ReadingFields";

const SHOWN = 12;

interface DataCardProps {
  data: DataFacts;
  state: ImportState;
  session: ImportSession;
  disabled: boolean;
}

/** What kind of data, how many, and which classes; and how the files are read. */
export function DataCard({ data, state, session, disabled }: DataCardProps) {
  const { classes, classCounts, labels } = data;
  const counted = classCounts.length > 0;
  const most = Math.max(1, ...classCounts);
  return (
    <section className="card facts" aria-label="What was understood of the data" data-testid="data-facts">
      <h3>
        Data <span className="secondary">{datasetTitle(data.name)}</span>
      </h3>
      {data.problem === null ? (
        <p className="sentence">
          {counts(data)} {whatOf(data)}. {labelsOf(data)}
        </p>
      ) : (
        !standsWithField(readingFields(data, state), data, state) && <p className="problem">{data.problem}</p>
      )}
      <ReadingFields data={data} state={state} session={session} disabled={disabled} />
      {labels === "classes" && classes.length > 0 && counted && (
        <ul className="class-counts" aria-label="Classes with their counts" data-testid="class-counts">
          {classes.slice(0, SHOWN).map((name, at) => (
            <li key={`${at} ${name}`}>
              <span title={name}>{name}</span>
              <i style={{ width: `${((classCounts[at] ?? 0) / most) * 100}%` }} aria-hidden="true" />
              <span className="count">{whole(classCounts[at] ?? 0)}</span>
            </li>
          ))}
        </ul>
      )}
      {counted && classes.length > SHOWN && <p className="sentence">and {whole(classes.length - SHOWN)} more classes</p>}
    </section>
  );
}

function counts({ train, test }: DataFacts): string {
  return train > 0 && test > 0 ? `${whole(train)} to train and ${whole(test)} to test,` : `${whole(train + test)}`;
}

function whatOf({ kind, shape, columns }: DataFacts): string {
  if (kind === "images") {
    const [channels, rows, cols] = shape ?? [];
    const colour = channels === 1 ? "grey images" : channels === 3 ? "colour images" : `images of ${channels ?? "?"} channels`;
    return shape === null ? "images" : `${colour} of ${rows} × ${cols} pixels`;
  }
  if (kind === "none") {
    return "observations, of which only the activations are there: with images.npy or vectors.npy in the folder they can be seen";
  }
  return kind === "texts" ? "texts" : `rows of ${whole(columns)} numbers`;
}

function labelsOf({ labels, classes, classCounts }: DataFacts): string {
  if (labels === "values") {
    return "Each has a number that it stands for: colour will mean that number, and there is no neighborhood hit.";
  }
  if (labels === "none") {
    return "They have no labels: nothing can be right or wrong, and there is no neighborhood hit.";
  }
  const empty = classCounts.filter((count) => count === 0).length;
  return `${whole(classes.length)} classes${empty > 0 ? `, ${whole(empty)} of them without an observation` : ""}.`;
}
