import { useEffect, useRef } from "react";

const KEYS: [string, string][] = [
  ["← →", "previous, next kept epoch; in the evolution the step"],
  ["↑ ↓", "previous, next layer"],
  ["Space", "play through the epochs or steps, stop"],
  ["← → ↑ ↓ in 3-D", "turn the picture that is under the pointer or has the focus"],
  ["+ −", "zoom the picture under the pointer"],
  ["G then O, P, C, V, N, W, K, D, E, B", "overview, projection, compare, evolution, neurons, weights, classes, network (diagram), explore, bring your own"],
  ["0 – 9", "hide or show a class by its place in the legend; among neurons rank them by it"],
  ["J K", "next, previous neuron of the ranked list"],
  ["A", "show all classes"],
  ["H, L, M", "hand (pan), lasso, marquee"],
  ["← → ↑ ↓ in boxes", "go from box to box of the classes; Enter selects or drops one"],
  ["B", "in the evolution: brush its vector field, or stop"],
  ["F", "fit the picture to the panel"],
  ["I", "images in the picture"],
  ["T", "the picture as a table"],
  ["/", "select by words: 4 as:9, #1234, wrong"],
  ["Esc", "clear the selection, close"],
  ["Ctrl+Z", "undo; with Shift redo (Back and Forward)"],
  ["?", "this sheet"],
];

const POINTER: [string, string][] = [
  ["Wheel", "zoom at the pointer"],
  ["Drag", "pan; in 3-D turn, and with Ctrl or the right button pan"],
  ["Shift-drag", "lasso; with Ctrl or Cmd adds, with Alt removes"],
  ["Click a point", "look at it in the inspector"],
  ["Legend", "click hides, double click shows alone, pointing highlights"],
];

const TERMS: [string, string][] = [
  ["Neighborhood hit (NH)", "of each point's 6 nearest neighbours in the picture, the share with its class; it says how well the picture separates classes"],
  ["Own space", "the same number among the layer's activations themselves, before projecting"],
  ["Trustworthiness", "whether points that are near in the picture are near in the layer's own space; 1 is perfect"],
  ["Continuity", "whether points that are near in the layer's own space are near in the picture; 1 is perfect"],
  ["Aligned", "all steps laid out in one picture that keeps points in place; unaligned is each step by itself"],
  ["Between / within", "mean distance between classes over mean distance within them: 1 means that classes are not apart"],
  ["Responsibility", "how much of a trajectory's movement a vector field explains; outliers are those that it explains least"],
  ["Energy", "what the method lowers step by step: stress for MDS, KL divergence for t-SNE"],
  ["Misclassified", "the class with the highest score at this epoch is not the label; drawn as an outlined triangle"],
];

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && dialog.current?.open === false) {
      dialog.current.showModal();
    } else if (!open) {
      dialog.current?.close();
    }
  }, [open]);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose} data-testid="help-sheet">
      <header>
        <h2 id="help-title">Keys, gestures and words</h2>
        <button type="button" className="quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <div className="help-columns">
        <List title="Keyboard" rows={KEYS} keys />
        <div>
          <List title="Pointer" rows={POINTER} keys />
          <List title="Words" rows={TERMS} />
        </div>
      </div>
    </dialog>
  );
}

function List({ title, rows, keys = false }: { title: string; rows: [string, string][]; keys?: boolean }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([term, text]) => (
          <div key={term}>
            <dt>{keys ? <kbd>{term}</kbd> : term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
