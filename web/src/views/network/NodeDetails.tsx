import { boxTitle, type GraphNode, type GraphReport, layersIn, type Linked } from "../../draw/graph";
import { type Situation, useApp, useWeights } from "../../parts/app";
import { whole } from "../../parts/words";
import type { ViewName } from "../../state/workspace";

const VIEWS: { view: ViewName; title: string }[] = [
  { view: "projection", title: "Projection" },
  { view: "neurons", title: "Neurons" },
  { view: "weights", title: "Weights" },
];

/** Settings of the chosen operator, and where else its layer can be seen. */
export function NodeDetails({ graph, drawn, node, situation }: { graph: GraphReport; drawn: Linked; node: string | null; situation: Situation }) {
  const [{ open }, change] = useWeights();
  const box = drawn.boxes.find(({ id, nodes }) => id === node || nodes.some(({ name }) => name === node)) ?? drawn.boxes.find((one) => layersIn(one).includes(situation.layer));
  if (box === undefined) {
    return (
      <section data-testid="node-details">
        <h2>No operator is chosen</h2>
        <p className="sentence">Click a box of the diagram: its settings appear here.</p>
      </section>
    );
  }
  const layers = layersIn(box);
  const opened = open.find((id) => graph.nodes.some(({ name }) => name === id) && box.nodes.some(({ name }) => name === id));
  return (
    <section className="node-details" data-testid="node-details">
      <h2>{boxTitle(box)}</h2>
      {box.end !== null && <End graph={graph} name={box.end} />}
      {layers.map((layer) => (
        <LayerLinks key={layer} layer={layer} situation={situation} />
      ))}
      {box.nodes.length > 1 && (
        <button type="button" className="quiet" data-testid="unfold" onClick={() => change({ open: [...open, box.nodes[0].name], node: box.nodes[0].name })}>
          Open these {box.nodes.length} operators
        </button>
      )}
      {opened !== undefined && (
        <button type="button" className="quiet" data-testid="fold" onClick={() => change({ open: open.filter((id) => id !== opened) })}>
          Fold it again
        </button>
      )}
      {box.nodes.map((one) => (
        <Operator key={one.name} node={one} />
      ))}
    </section>
  );
}

/** A layer's name chooses it; beside it the views that show it. */
function LayerLinks({ layer, situation }: { layer: string; situation: Situation }) {
  const { store } = useApp();
  const known = situation.run?.layers.some(({ name }) => name === layer) === true;
  if (!known) {
    return <p className="sentence">layer {layer}</p>;
  }
  const choose = (view?: ViewName) => {
    const weights = { ...store.get().weights, layer: null };
    store.change({ layer, weights, ...(view === undefined ? {} : { view }) });
  };
  return (
    <div className="layer-links">
      <button type="button" className="layer" aria-pressed={layer === situation.layer} title={`Choose ${layer}`} onClick={() => choose()}>
        {layer}
      </button>
      {VIEWS.map(({ view, title }) => (
        <button key={view} type="button" className="quiet" data-testid={`to-${view}`} onClick={() => choose(view)}>
          {title}
        </button>
      ))}
    </div>
  );
}

function End({ graph, name }: { graph: GraphReport; name: string }) {
  const value = [...graph.inputs, ...graph.outputs].find((one) => typeof one === "object" && one !== null && (one as { name?: unknown }).name === name) as { type?: string | null; shape?: readonly string[] } | undefined;
  return (
    <p className="sentence">
      {value?.type ?? "value"} {(value?.shape ?? []).join(" × ")}
    </p>
  );
}

function Operator({ node }: { node: GraphNode }) {
  const shapes = node.outputShapes.map((shape) => (shape == null || shape.length === 0 ? "shape not known" : shape.map((axis) => (axis === -1 ? "n" : axis)).join(" × ")));
  const attributes = Object.entries(node.attributes);
  return (
    <div className="operator">
      <h3>
        {node.operator} <span className="secondary">{node.name}</span>
      </h3>
      <dl>
        {attributes.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{Array.isArray(value) ? value.join(", ") : String(value)}</dd>
          </div>
        ))}
        <div>
          <dt>takes</dt>
          <dd>{node.inputs.filter((name) => name !== "").join(", ") || "nothing"}</dd>
        </div>
        {node.outputs.map((name, at) => (
          <div key={name}>
            <dt>gives</dt>
            <dd>
              {name}: {shapes[at]}
            </dd>
          </div>
        ))}
        {node.parameters.map(({ name, shape, count, learned }) => (
          <div key={name}>
            <dt>{learned ? "learned" : "fixed"}</dt>
            <dd>
              {name}: {shape.length === 0 ? "1" : shape.join(" × ")}
              {shape.length > 1 ? ` = ${whole(count)}` : ""}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
