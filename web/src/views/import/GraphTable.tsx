import { useEffect, useState } from "react";
import type { GraphReport } from "../../draw/graph";
import { whole } from "../../parts/words";
import { sentence } from "../../server/client";
import type { ImportSession } from "../../state/import/session";
import { shapeText } from "./useImport";

/** Every operation of the network with the shape of what it gives; asked for when it is opened. */
export function GraphTable({ session }: { session: ImportSession }) {
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<GraphReport | string | null>(null);
  useEffect(() => {
    if (!open || found !== null) {
      return undefined;
    }
    let wanted = true;
    const set = (answer: GraphReport | string) => wanted && setFound(answer);
    session.graph().then(set, (error: unknown) => set(sentence(error)));
    return () => {
      wanted = false;
    };
  }, [open, found, session]);
  return (
    <details data-testid="graph-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Every operation and the shape of its values</summary>
      {found === null ? (
        <p className="sentence" role="status">
          Reading the graph
        </p>
      ) : typeof found === "string" ? (
        <p className="problem" role="alert">
          {found}
        </p>
      ) : (
        <Operations graph={found} />
      )}
    </details>
  );
}

function Operations({ graph }: { graph: GraphReport }) {
  return (
    <div className="scroll-table" tabIndex={0} role="group" aria-label="Operations">
      <table className="fact-table" data-testid="graph-table">
        <caption>{whole(graph.nodes.length)} operations in the order in which they run, without those that only give a constant</caption>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Gives</th>
            <th scope="col">Shape</th>
            <th scope="col" className="number">
              Parameters
            </th>
          </tr>
        </thead>
        <tbody>
          {graph.nodes.flatMap((node) =>
            node.outputs.map((value, at) => (
              <tr key={`${node.name} ${value}`}>
                <td>{at === 0 ? node.operator : ""}</td>
                <td className="file-name" title={value}>
                  {value}
                </td>
                <td>{axes(node.outputShapes[at])}</td>
                <td className="number">{at === 0 && node.parameterCount > 0 ? whole(node.parameterCount) : ""}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

const axes = (shape: readonly (number | string)[] | null | undefined): string => (shape == null || shape.length === 0 ? "a number, or known when it runs" : shapeText(shape.map((axis) => (typeof axis === "number" && axis >= 0 ? axis : null))));
