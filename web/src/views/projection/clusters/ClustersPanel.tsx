import { useMemo } from "react";
import { classColors } from "../../../draw/palette";
import { type Situation, useApp, useCell, useLibrary, useWorkspace } from "../../../parts/app";
import { useClusters } from "../../../parts/clusters";
import { JobProgress } from "../../../parts/JobPanel";
import { useShown } from "../../../parts/useShown";
import { decimals, measured, whole } from "../../../parts/words";
import { type ClassClusters, type ClustersReport, members } from "../../../state/clusters";
import { isActive } from "../../../state/results";
import { combine, selectionMode } from "../../../state/workspace";

/** Into how many visual clusters each class falls in the shown picture, and which statistic of the input explains it. */
export function ClustersPanel({ situation }: { situation: Situation }) {
  const { library, store } = useApp();
  const { tasks } = useLibrary();
  const { parameters, color } = useWorkspace();
  const { study, source, method } = situation;
  const { kept, running } = useShown(source, method, parameters);
  const found = useClusters(kept, study.dataset.classNames.length > 1);
  const report = found === null ? undefined : library.taskResult<ClustersReport>(found.digest)?.report;
  const offered = study.options?.clusters !== undefined;
  if (kept === null || running !== null || study.dataset.classNames.length < 2 || !offered) {
    return null;
  }
  const { digest } = kept.result;
  const trace = tasks.findLast(({ job }) => job.kind === "clusters" && (job.source as { of?: string }).of === digest) ?? null;
  const active = trace !== null && isActive(trace.job);
  return (
    <section className="clusters-panel" data-testid="clusters" aria-label="Clusters within classes">
      <header>
        <h3>Clusters within classes</h3>
        {report !== undefined && (
          <label className="clusters-color">
            <input type="checkbox" data-testid="color-clusters" checked={color === "cluster"} onChange={(event) => store.change({ color: event.target.checked ? "cluster" : "class" })} />
            colour
          </label>
        )}
      </header>
      {trace !== null && (active || trace.job.state === "failed") && <JobProgress trace={trace} compact={active} />}
      {found === null && !active && (
        <>
          <p className="sentence">Whether classes fall apart in this picture, and whether something simple about the images, such as how bright they are, explains it.</p>
          <button type="button" className="secondary-button" data-testid="look-for-clusters" disabled={study.readOnly === true} onClick={() => void library.ask({ kind: "clusters", source: { of: digest }, parameters: {} })}>
            Look for clusters
          </button>
        </>
      )}
      {report !== undefined && <Table report={report} cluster={found!.cluster} situation={situation} />}
    </section>
  );
}

function Table({ report, cluster, situation }: { report: ClustersReport; cluster: ArrayLike<number> | null; situation: Situation }) {
  const split = report.classes.filter(({ clusters }) => (clusters ?? 0) > 1).length;
  return (
    <>
      <p className="sentence">
        {report.summary !== undefined ? report.summary : split === 0 ? "No class falls apart: each is one cluster here." : `${whole(split)} of ${report.classes.length} classes fall into more than one cluster.`}
      </p>
      <table className="clusters-table">
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">clusters</th>
            <th scope="col">split by</th>
            <th scope="col" title={report.effectIs ?? "How far apart the clusters are in it, 0 to 1"}>
              effect
            </th>
          </tr>
        </thead>
        <tbody>
          {report.classes.map((one) => (
            <Line key={one.class} one={one} cluster={cluster} situation={situation} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Line({ one, cluster, situation }: { one: ClassClusters; cluster: ArrayLike<number> | null; situation: Situation }) {
  const { store, theme: themeCell } = useApp();
  const theme = useCell(themeCell);
  const { palette } = useWorkspace();
  const { labels } = situation.observations;
  const names = situation.study.dataset.classNames;
  const groups = useMemo(() => (cluster === null ? [] : members(cluster, labels, one.class)), [cluster, labels, one.class]);
  const { explained, silhouette } = one;
  const several = (one.clusters ?? 0) > 1;
  const select = (rows: number[], keys: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }) => store.change({ selection: combine(store.get().selection, rows, selectionMode(keys)) });
  const all = () => Array.from(labels.keys()).filter((row) => labels[row] === one.class);
  return (
    <tr data-testid={`clusters-${one.class}`} data-clusters={one.clusters}>
      <th scope="row">
        <button type="button" className="quiet" aria-label={`Select class ${names[one.class]}`} title={`Select class ${names[one.class]}`} onClick={(event) => select(all(), event)}>
          <span className="swatch" style={{ "--class": classColors(palette, theme, names.length)[one.class] } as React.CSSProperties} />
          {names[one.class]}
        </button>
      </th>
      <td className="cluster-sizes" title={one.why ?? (silhouette == null ? undefined : `silhouette ${decimals(silhouette, 2)}`)}>
        {groups.length > 1
          ? groups.map(({ cluster: number, rows }, place) => (
              <button key={number} type="button" className="quiet" aria-label={`Select cluster ${place + 1} of class ${names[one.class]}: ${whole(rows.length)}`} title="Select this cluster" onClick={(event) => select(rows, event)}>
                {whole(rows.length)}
              </button>
            ))
          : (one.clusters ?? "too few")}
      </td>
      <td title={explained === null ? "No statistic of the input tells the clusters apart" : `${explained.title}: ${measured(explained.low)} in one, ${measured(explained.high)} in the other; p = ${measured(explained.p)}`}>{several ? (explained?.title ?? "–") : ""}</td>
      <td>{several && explained !== null ? decimals(explained.effect, 2) : ""}</td>
    </tr>
  );
}
