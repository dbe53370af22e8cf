import { type ReactNode, useId } from "react";

interface FieldProps {
  label: string;
  /** What the field means and what counts where it is left empty. */
  help: ReactNode;
  problem: string | null;
  children(ids: { "aria-describedby": string; "aria-invalid": boolean }): ReactNode;
}

/** A field that corrects what was understood: its sentence and its problem stand with it. */
export function Field({ label, help, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field-block">
      <label className="field-line">
        <span>{label}</span>
        {children({ "aria-describedby": problem === null ? `${id}-help` : `${id}-problem ${id}-help`, "aria-invalid": problem !== null })}
      </label>
      {problem !== null && (
        <p className="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <p className="sentence" id={`${id}-help`}>
        {help}
      </p>
    </div>
  );
}
