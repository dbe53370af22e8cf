import type { Parameter } from "../../server/types";
import { parameterLabel } from "../../parts/words";

interface FieldProps {
  parameter: Parameter;
  value: string;
  onChange(text: string): void;
  invalid: string | null;
}

/** One parameter's control, after its kind; a kind that is not known here is a text that the server judges. */
export function Field({ parameter, value, onChange, invalid }: FieldProps) {
  const { name, kind, text, choices, unit } = parameter;
  const common = { "aria-invalid": invalid !== null, "data-testid": `parameter-${name}` };
  const label = parameterLabel(name.slice(name.lastIndexOf(".") + 1));
  const hint = unit ? `${text} (${unit})` : text;
  if (kind === "autoOrNumber") {
    return <AutoField label={label} hint={hint} value={value} onChange={onChange} common={common} usual={parameter.default} />;
  }
  return (
    <label className="field" title={hint}>
      <span>{label}</span>
      {kind === "boolean" ? (
        <input type="checkbox" checked={value === "true"} onChange={(event) => onChange(String(event.target.checked))} {...common} />
      ) : kind === "choice" && choices ? (
        <select value={value} onChange={(event) => onChange(event.target.value)} {...common}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice.toLowerCase().replaceAll("_", " ")}
            </option>
          ))}
        </select>
      ) : (
        <input inputMode={kind === "text" ? "text" : "decimal"} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} {...common} />
      )}
    </label>
  );
}

/** Chosen by the method, or a number of one's own. */
function AutoField(props: { label: string; hint: string; value: string; onChange(text: string): void; common: object; usual: unknown }) {
  const { label, hint, value, onChange, common, usual } = props;
  const automatic = value.trim() === "auto";
  return (
    <span className="field auto-field" title={hint} role="group" aria-label={label}>
      <span>{label}</span>
      <span className="auto-value">
        <label className="auto-check">
          <input type="checkbox" checked={automatic} onChange={(event) => onChange(event.target.checked ? "auto" : usual === "auto" ? "" : String(usual))} /> auto
        </label>
        <input inputMode="decimal" autoComplete="off" aria-label={label} value={automatic ? "auto" : value} disabled={automatic} onChange={(event) => onChange(event.target.value)} {...common} />
      </span>
    </span>
  );
}
