import { capital, epochWords, measured } from "../words";
import { type Situation, useApp, useLibrary } from "../app";
import { JobProgress } from "../JobPanel";
import { type About, type Finding, findingsFor, type FindingsReport, leadsTo, spoken } from "../../state/findings";
import { whyNoFindings } from "../../state/brought";
import { isActive } from "../../state/results";
import type { TaskTrace } from "../../state/library";

/** So many are shown before the rest is folded. */
const FIRST = { wide: 6, narrow: 4 };

/** What stands out about a run's epoch: sentences that were tested, each with what it was compared with and the way to see it. */
export function Findings({ situation, narrow = false }: { situation: Situation; narrow?: boolean }) {
  const { library } = useApp();
  const { tasks } = useLibrary();
  const { study, run, epoch } = situation;
  const about = run === null || run.snapshots.length === 0 ? null : { run: run.name, epoch: epoch !== null && run.snapshots.includes(epoch) ? epoch : run.snapshots[run.snapshots.length - 1] };
  const offered = study.options?.findings !== undefined;
  const why = run === null ? null : whyNoFindings(run, study);
  // Older servers are not asked for what they do not know.
  const kept = about === null || !offered ? undefined : library.kept("findings");
  const found = about === null || kept === undefined ? null : findingsFor(kept, about);
  const report = found === null ? undefined : library.taskResult<FindingsReport>(found.summary.digest)?.report;
  const trace = about === null ? null : traceOf(tasks, about);
  if (about === null || kept === undefined) {
    return null;
  }
  if (why !== null && found === null) {
    return (
      <section className={narrow ? "findings narrow" : "findings card"} aria-label="What stands out" data-testid="findings">
        <header>
          <h3>What stands out</h3>
        </header>
        <p className="sentence" data-testid="no-findings">
          {why}
        </p>
      </section>
    );
  }
  const running = trace !== null && isActive(trace.job);
  const ask = () => void library.ask({ kind: "findings", source: { run: about.run, epoch: about.epoch }, parameters: {} });
  const other = found !== null && found.epoch !== about.epoch;
  return (
    <section className={narrow ? "findings narrow" : "findings card"} aria-label="What stands out" data-testid="findings">
      <header>
        <h3>What stands out</h3>
        {!running && why === null && (found === null || other || !narrow) && (
          <button type="button" className={narrow || (found !== null && !other) ? "quiet" : "secondary-button"} data-testid="look-for-findings" disabled={study.readOnly === true} title={study.readOnly === true ? "This study is read only" : `Tests ${about.run} ${epochWords(about.epoch)} for what is worth saying`} onClick={ask}>
            {found === null || other ? "Look for findings" : "Look again"}
            {other ? ` ${epochWords(about.epoch)}` : ""}
          </button>
        )}
      </header>
      {trace !== null && (running || trace.job.state === "failed") && <JobProgress trace={trace} />}
      {found === null && !running && <p className="sentence">Short sentences about {about.run} {epochWords(about.epoch)}, each tested against a control; silent where the test does not hold.</p>}
      {found !== null && report === undefined && <p className="sentence" role="status">Loading the findings</p>}
      {report !== undefined && (
        <>
          {other && <p className="sentence">About {about.run} {epochWords(found!.epoch)}:</p>}
          <Said report={report} first={narrow ? FIRST.narrow : FIRST.wide} />
        </>
      )}
    </section>
  );
}

function traceOf(tasks: readonly TaskTrace[], { run, epoch }: About): TaskTrace | null {
  return tasks.findLast(({ job }) => job.kind === "findings" && same(job.source as Partial<About>, { run, epoch })) ?? null;
}

function Said({ report, first }: { report: FindingsReport; first: number }) {
  const all = spoken(report);
  const silent = [...report.findings.filter(({ speaks }) => speaks === false).map(({ id, sentence }) => ({ id, why: sentence })), ...report.silent];
  return (
    <>
      {all.length === 0 && <p className="sentence" data-testid="nothing-found">Nothing stands out: no test found more than its control.</p>}
      <ul>
        {all.slice(0, first).map((finding) => (
          <One key={finding.id} finding={finding} />
        ))}
      </ul>
      {all.length > first && (
        <details className="findings-more">
          <summary className="quiet">{all.length - first} more</summary>
          <ul>
            {all.slice(first).map((finding) => (
              <One key={finding.id} finding={finding} />
            ))}
          </ul>
        </details>
      )}
      {silent.length > 0 && (
        <details className="findings-silent" data-testid="silent">
          <summary className="quiet">What was looked for and not found ({silent.length})</summary>
          <dl>
            {silent.map(({ id, why }) => (
              <div key={id}>
                <dt>{capital(id.replaceAll(/[-_.]/g, " "))}</dt>
                <dd>{why}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

const VIEW_WORDS: Record<string, string> = { overview: "the overview", projection: "the projection", compare: "the comparison", evolution: "the evolution", neurons: "the neurons", weights: "the weights", classes: "the classes", network: "the network", explore: "the way in" };

function One({ finding }: { finding: Finding }) {
  const { store } = useApp();
  const { id, sentence, effect, effectIs = "effect", control, link } = finding;
  const change = leadsTo(link);
  const size = effect === null || effect === "" || effect === undefined ? "" : typeof effect === "number" ? `${effectIs} ${measured(effect)}` : effect;
  const place = VIEW_WORDS[change.view ?? ""] ?? "what is shown";
  return (
    <li data-testid={`finding-${id}`}>
      <p>{sentence}</p>
      <p className="secondary">
        {[control === "" ? "" : `Control: ${control}`, size].filter((words) => words !== "").join(" · ")}
      </p>
      <button type="button" className="quiet" aria-label={`See it in ${place}: ${sentence}`} onClick={() => store.change(change)}>
        See it in {place}
      </button>
    </li>
  );
}

const same = (one: Partial<About>, other: About): boolean => one.run === other.run && one.epoch === other.epoch;
