import type { GraphReport } from "../../draw/graph";
import { type Situation, useApp } from "../../parts/app";
import { whole } from "../../parts/words";

/** All operators in the order in which they run. */
export function NodeTable({ graph, situation }: { graph: GraphReport; situation: Situation }) {
  const { store } = useApp();
  const known = new Set(situation.run?.layers.map(({ name }) => name));
  const chosen = store.get().weights.node;
  return (
    <div className="point-table network-table" data-testid="network-table" tabIndex={0} aria-label="All operators as a table">
      <table>
        <caption>{whole(graph.nodes.length)} operators in the order in which they run</caption>
        <thead>
          <tr>
            {["name", "operator", "layer", "takes", "passes on", "parameters"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {graph.nodes.map((node) => (
            <tr key={node.name} aria-current={node.name === chosen ? "true" : undefined}>
              <th scope="row">
                <button type="button" className="quiet" onClick={() => store.change({ weights: { ...store.get().weights, node: node.name } })}>
                  {node.name}
                </button>
              </th>
              <td>{node.operator}</td>
              <td>
                {node.layer !== null && known.has(node.layer) ? (
                  <button type="button" className="quiet" onClick={() => store.change({ layer: node.layer, weights: { ...store.get().weights, node: node.name, layer: null } })}>
                    {node.layer}
                  </button>
                ) : (
                  (node.layer ?? "–")
                )}
              </td>
              <td>{node.inputs.filter((name) => name !== "").join(", ")}</td>
              <td>{node.outputShapes.map((shape) => (shape == null || shape.length === 0 ? "–" : shape.map((axis) => (axis === -1 ? "n" : axis)).join(" × "))).join("; ")}</td>
              <td>{node.parameterCount > 0 ? whole(node.parameterCount) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
