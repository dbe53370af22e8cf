import { Icon } from "../../parts/Icon";
import { measured } from "../../parts/words";
import type { InputFacts } from "../../server/imports";
import type { ImportSession, ImportState } from "../../state/import/session";
import { Examples } from "./Examples";
import { StepsEditor } from "./StepsEditor";
import { shapeText } from "./useImport";

interface InputCardProps {
  input: InputFacts | null;
  images: boolean;
  texts: boolean;
  state: ImportState;
  session: ImportSession;
  disabled: boolean;
  /** The steps that the server takes when nothing is said. */
  usual: string;
}

/** How observations become the network's input, and that input itself. */
export function InputCard({ input, images, texts, state, session, disabled, usual }: InputCardProps) {
  const steps = state.choices.preprocess ?? input?.preprocess ?? usual;
  return (
    <section className="card facts" aria-label="What the network is given" data-testid="input-facts">
      <h3>What the network is given</h3>
      {input !== null && (
        <p className="fits" data-fits={input.fits}>
          <Icon name={input.fits ? "yes" : "no"} />
          <span>{input.sentence}</span>
        </p>
      )}
      {input !== null && input.problem !== null && input.problem !== input.sentence && <p className="problem">{input.problem}</p>}
      {input !== null && input.binding.length > 0 && (
        <ul className="bindings">
          {input.binding.map(({ input: name, part, shape, layout, type }) => (
            <li key={name} className="sentence">
              <code>{name}</code> gets {part === "" || part === name ? "the observations" : <code>{part}</code>}: {shapeText(shape)}
              {layout === null || layout === "" ? "" : `, ${layout}`}, {type}
            </li>
          ))}
        </ul>
      )}
      {!texts && <StepsEditor text={steps} chosen={state.choices.preprocess !== null} images={images} disabled={disabled} onChange={(preprocess) => session.choose({ preprocess })} />}
      {input !== null && input.low !== null && input.high !== null && (
        <p className="sentence" data-testid="input-range">
          Numbers from <strong>{measured(input.low)}</strong> to <strong>{measured(input.high)}</strong>
          {input.mean === null ? "" : ", mean "}
          {input.mean !== null && <strong>{measured(input.mean)}</strong>}.
        </p>
      )}
      {state.examples !== null && <Examples examples={state.examples} />}
    </section>
  );
}
