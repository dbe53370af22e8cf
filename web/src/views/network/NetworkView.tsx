import { useMemo } from "react";
import { createPortal } from "react-dom";
import { FOLD_FROM, type GraphReport, linked } from "../../draw/graph";
import { type Situation, useApp, useCell, useWeights } from "../../parts/app";
import { Icon } from "../../parts/Icon";
import { Unavailable } from "../../parts/Unavailable";
import { whole } from "../../parts/words";
import { hasNetworks, noNetwork } from "../../state/brought";
import { encoded } from "../weights/standing";
import { SaveMenu } from "../weights/WeightsView";
import { Diagram } from "./Diagram";
import { NodeDetails } from "./NodeDetails";
import { NodeTable } from "./NodeTable";
import { saveNetwork } from "./saveNetwork";

/** The network as operators and the values that flow between them. */
export function NetworkView({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const { library, side, theme } = useApp();
  const [{ direction, open, node }, change] = useWeights();
  const host = useCell(side);
  const { run } = situation;
  const none = run === null || hasNetworks(run) ? null : noNetwork(run);
  const waits = run === null || none !== null || run.snapshots.length === 0;
  const graph = waits ? undefined : library.json<GraphReport>(`runs/${encoded(run.name)}/graph`);
  const folds = (graph?.nodes.length ?? 0) > FOLD_FROM;
  const drawn = useMemo(() => (graph === undefined ? null : linked(graph, folds, open)), [graph, folds, open]);
  const title = `Network of ${run?.name ?? "no run"}`;
  const save = (kind: "svg" | "png") => {
    if (drawn !== null && graph !== undefined) {
      saveNetwork(kind, { situation, graph, drawn, direction, title, theme: theme.get() }).catch((error: unknown) => library.notify(error));
    }
  };
  return (
    <div className="network" data-testid="network">
      <header className="panel-header">
        <div>
          <h2 data-testid="title">
            {title} {run !== null && <span className="secondary">{run.architecture}</span>}
          </h2>
          <p className="sentence">
            {graph === undefined
              ? "Operators, the shapes of what they pass on, and how many numbers each has learned."
              : `${whole(graph.nodes.length)} operators with ${whole(graph.parameterCount)} learned parameters, ONNX operator set ${graph.opset}. ${drawn !== null && folds ? `Runs of small operators are folded into ${drawn.boxes.length} boxes; open one from its details.` : "Click an operator to choose its layer and see its settings."}`}
          </p>
        </div>
        <div className="weights-actions">
          <div className="segments" role="group" aria-label="Direction">
            {(["down", "right"] as const).map((way) => (
              <button key={way} type="button" aria-pressed={way === direction} data-testid={`direction-${way}`} onClick={() => change({ direction: way, look: null })}>
                {way === "down" ? "Top down" : "Left to right"}
              </button>
            ))}
          </div>
          {folds && (
            <button type="button" className="secondary-button" data-testid="fold-all" onClick={() => change({ open: open.length > 0 ? [] : (drawn?.boxes.filter(({ nodes }) => nodes.length > 1).map(({ id }) => id) ?? []), look: null })}>
              {open.length > 0 ? "Fold again" : "Open all"}
            </button>
          )}
          <button type="button" className="tool" aria-pressed={table} title="All operators as a table (T)" aria-label="All operators as a table" data-testid="table-toggle" onClick={onTable}>
            <Icon name="table" />
          </button>
          <SaveMenu names={{ svg: "Diagram as SVG", png: "Diagram as PNG" }} ready={drawn !== null} onSave={save} />
        </div>
      </header>
      <div className="network-frame">
        {graph !== undefined && drawn !== null ? (
          <Diagram key={`${run?.name} ${direction}`} drawn={drawn} direction={direction} situation={situation} />
        ) : none !== null ? (
          <Unavailable title={none.title} why={none.text} />
        ) : (
          <p className="waiting" role="status">
            {waits ? "The network appears with the first snapshot of a run." : "Reading the network"}
          </p>
        )}
        {table && graph !== undefined && <NodeTable graph={graph} situation={situation} />}
      </div>
      {host !== null && graph !== undefined && drawn !== null && createPortal(<NodeDetails graph={graph} drawn={drawn} node={node} situation={situation} />, host)}
    </div>
  );
}
