import type { Method } from "../server/types";

/** Which method; a list, because there are more than fit side by side. */
export function MethodSelect({ methods, method, onChoose, id = "method" }: { methods: readonly Method[]; method: string; onChoose(method: Method): void; id?: string }) {
  return (
    <label className="field">
      <span className="unseen">Method</span>
      <select
        className="method-select"
        value={method}
        title={methods.find(({ name }) => name === method)?.text}
        data-testid={id}
        onChange={(event) => {
          const chosen = methods.find(({ name }) => name === event.target.value);
          if (chosen !== undefined) {
            onChoose(chosen);
          }
        }}
      >
        {methods.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Plane or space. */
export function DimensionSwitch({ method, dims, onChoose }: { method: Method; dims: 2 | 3; onChoose(dims: 2 | 3): void }) {
  const parameter = method.parameters.find(({ name }) => name === "dimensions");
  if (parameter === undefined || (parameter.max ?? 3) < 3) {
    return null;
  }
  return (
    <div className="segments" role="group" aria-label="Dimensions">
      {([2, 3] as const).map((value) => (
        <button key={value} type="button" aria-pressed={dims === value} data-testid={`dimensions-${value}`} title={`A layout in ${value === 2 ? "the plane" : "space: drag or arrow keys turn it"}`} onClick={() => onChoose(value)}>
          {value}-D
        </button>
      ))}
    </div>
  );
}
