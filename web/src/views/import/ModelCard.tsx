import { useEffect, useState } from "react";
import { whole } from "../../parts/words";
import type { CheckpointFile, GraphValue, ModelFacts, ProposedLayer } from "../../server/imports";
import type { ImportSession, ImportState } from "../../state/import/session";
import { GraphTable } from "./GraphTable";
import { shapeText, sizeText } from "./useImport";

interface ModelCardProps {
  model: ModelFacts;
  state: ImportState;
  session: ImportSession;
  disabled: boolean;
}

/** The graph's inputs and outputs, its checkpoints, and the layers that will be kept. */
export function ModelCard({ model, state, session, disabled }: ModelCardProps) {
  return (
    <section className="card facts" aria-label="What was understood of the model" data-testid="model-facts">
      <h3>
        Model <span className="secondary">{model.name}</span>
      </h3>
      {model.problem !== null && <p className="problem">{model.problem}</p>}
      <p className="sentence">
        {whole(model.parameters)} parameters, ONNX operator set {model.opset}.
      </p>
      <Values inputs={model.inputs} outputs={model.outputs} />
      <RunName proposed={model.run} session={session} chosen={state.choices.run} disabled={disabled} />
      <Checkpoints files={model.files} state={state} session={session} disabled={disabled} />
      {model.problem === null && <GraphTable key={`${model.name} ${model.files.length} ${state.choices.preprocess ?? ""}`} session={session} />}
      {model.layers.length > 0 && <Layers layers={model.layers} state={state} session={session} disabled={disabled} />}
    </section>
  );
}

function Values({ inputs, outputs }: { inputs: readonly GraphValue[]; outputs: readonly GraphValue[] }) {
  const row = (kind: string) => ({ name, type, shape }: GraphValue) => (
    <tr key={`${kind} ${name}`}>
      <th scope="row">{kind}</th>
      <td>
        <code>{name}</code>
      </td>
      <td>{shapeText(shape)}</td>
      <td>{type}</td>
    </tr>
  );
  return (
    <table className="fact-table" aria-label="Inputs and outputs of the graph">
      <thead>
        <tr>
          <th scope="col">Graph</th>
          <th scope="col">Name</th>
          <th scope="col">Shape</th>
          <th scope="col">Type</th>
        </tr>
      </thead>
      <tbody>
        {inputs.map(row("input"))}
        {outputs.map(row("output"))}
      </tbody>
    </table>
  );
}

function RunName({ proposed, chosen, session, disabled }: { proposed: string; chosen: string | null; session: ImportSession; disabled: boolean }) {
  return (
    <label className="field-line">
      <span>Name of the run</span>
      <input value={chosen ?? proposed} disabled={disabled} spellCheck={false} data-testid="run-name" onChange={(event) => session.choose({ run: event.target.value === "" ? null : event.target.value })} />
    </label>
  );
}

/** A checkpoint's epoch is read from its name; what is typed here counts instead. */
function Checkpoints({ files, state, session, disabled }: { files: readonly CheckpointFile[]; state: ImportState; session: ImportSession; disabled: boolean }) {
  const { epochs } = state.choices;
  return (
    <div className="scroll-table" tabIndex={0} role="group" aria-label="Checkpoints">
      <table className="fact-table" data-testid="checkpoints">
        <caption>
          {files.length === 1 ? "One checkpoint" : `${whole(files.length)} checkpoints`}, the epoch as their names say; correct it here
        </caption>
        <thead>
          <tr>
            <th scope="col">Epoch</th>
            <th scope="col">File</th>
            <th scope="col" className="number">Size</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ file, epoch, bytes }) => (
            <tr key={file}>
              <td>
                <EpochField file={file} epoch={epochs[file] ?? epoch} disabled={disabled} onChange={(value) => session.choose({ epochs: { ...epochs, [file]: value } })} />
              </td>
              <td className="file-name" title={file}>
                {file}
              </td>
              <td className="number">{sizeText(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EpochField({ file, epoch, disabled, onChange }: { file: string; epoch: number; disabled: boolean; onChange(value: number): void }) {
  const [text, setText] = useState(String(epoch));
  useEffect(() => setText(String(epoch)), [epoch]);
  const usable = /^\d{1,7}$/.test(text);
  return (
    <input
      className="epoch-field"
      inputMode="numeric"
      value={text}
      disabled={disabled}
      aria-label={`Epoch of ${file}`}
      aria-invalid={!usable}
      onChange={(event) => {
        setText(event.target.value);
        if (/^\d{1,7}$/.test(event.target.value)) {
          onChange(Number(event.target.value));
        }
      }}
      onBlur={() => setText(String(epoch))}
    />
  );
}

function Layers({ layers, state, session, disabled }: { layers: readonly ProposedLayer[]; state: ImportState; session: ImportSession; disabled: boolean }) {
  const proposed = layers.filter((layer) => layer.proposed).map(({ name }) => name);
  const chosen = new Set(state.choices.layers ?? proposed);
  const keep = (names: readonly string[] | null) => session.choose({ layers: names });
  const toggle = (name: string) => {
    const next = layers.map((layer) => layer.name).filter((other) => (other === name ? !chosen.has(name) : chosen.has(other)));
    keep(next.join() === proposed.join() ? null : next);
  };
  const units = layers.reduce((sum, layer) => (chosen.has(layer.name) ? sum + layer.units : sum), 0);
  return (
    <div>
      <div className="layers-head">
        <h4>
          Layers to keep <span className="secondary">{chosen.size} of {layers.length}, {whole(units)} units per observation and epoch</span>
        </h4>
        <button type="button" className="quiet" disabled={disabled} onClick={() => keep(null)}>
          Proposed
        </button>
        <button type="button" className="quiet" disabled={disabled} onClick={() => keep(layers.map(({ name }) => name))}>
          All
        </button>
      </div>
      <div className="scroll-table layers-table" tabIndex={0} role="group" aria-label="Layers">
        <table className="fact-table" data-testid="layers-to-keep">
          <thead>
            <tr>
              <th scope="col">Keep</th>
              <th scope="col">Layer</th>
              <th scope="col">Shape</th>
              <th scope="col" className="number">Units</th>
              <th scope="col">Of it</th>
            </tr>
          </thead>
          <tbody>
            {layers.map((layer) => (
              <tr key={layer.name}>
                <td>
                  <input type="checkbox" checked={chosen.has(layer.name)} disabled={disabled} aria-label={`Keep ${layer.name}`} onChange={() => toggle(layer.name)} />
                </td>
                <td className="layer-name" title={`${layer.operator}, the graph's value ${layer.value}`}>
                  <strong>{layer.name}</strong>
                  <span className="secondary">
                    {layer.operator} · {layer.value}
                  </span>
                </td>
                <td>{shapeText(layer.shape)}</td>
                <td className="number">{whole(layer.units)}</td>
                <td>{layer.reading}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
