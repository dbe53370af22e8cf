import type { KeptResult } from "../state/library";
import { columnTitle } from "../state/quality";
import { canBeWrong } from "../state/brought";
import { unitColorOf, unitColorText, unitTitle } from "../state/unitColor";
import { type ColorBy, isColorBy } from "../state/workspace";
import { useApp, useLibrary, useSituation, useWorkspace } from "./app";
import { qualityColumns } from "./coloring";
import { useClusters } from "./clusters";
import { capital } from "./words";

/** What colour should mean: a class, how well a point is placed, or what the input looks like. */
export function ColorSelect({ kept }: { kept: KeptResult | null }) {
  const { store } = useApp();
  const { color, unit } = useWorkspace();
  const { statistics, study, observations } = useLibrary();
  const situation = useSituation();
  const coloured = unitColorOf(color);
  const looked = unit === null || situation === null || situation.layer === "input" ? null : unitColorText({ layer: situation.layer, unit, pooling: null });
  const neurons = [...new Set([...(coloured === null ? [] : [color]), ...(looked === null || (coloured !== null && coloured.unit === unit && coloured.layer === situation?.layer) ? [] : [looked])])];
  const columns = qualityColumns(kept);
  const clustered = useClusters(kept, (study?.dataset.classNames.length ?? 0) > 1) !== null;
  const hasClasses = (study?.dataset.classNames.length ?? 0) > 0;
  const asked = color.startsWith("quality.") ? color.slice("quality.".length) : null;
  const offered = asked !== null && !columns.includes(asked) ? [...columns, asked] : columns;
  return (
    <label className="field color-by" title="What the points' colour means">
      <span>Colour</span>
      <select value={color} data-testid="color-by" onChange={(event) => isColorBy(event.target.value) && store.change({ color: event.target.value as ColorBy })}>
        <option value="class">{hasClasses ? "Class" : observations?.values != null ? "Value" : "One for all"}</option>
        {color === "value" && <option value="value">Value</option>}
        {((study?.runs.some((run) => canBeWrong(run, study)) ?? false) || color === "predicted") && <option value="predicted">Predicted class</option>}
        {(clustered || color === "cluster") && <option value="cluster">Cluster within its class</option>}
        {offered.length > 0 && (
          <optgroup label="How well each point is placed">
            {offered.map((name) => (
              <option key={name} value={`quality.${name}`}>
                {columnTitle(name)}
              </option>
            ))}
          </optgroup>
        )}
        {neurons.length > 0 && (
          <optgroup label="Activation of a neuron">
            {neurons.map((text) => (
              <option key={text} value={text}>
                {unitTitle(unitColorOf(text)!)}
              </option>
            ))}
          </optgroup>
        )}
        {statistics.length > 0 && (
          <optgroup label="What the input is like">
            {statistics.map(({ name, title }) => (
              <option key={name} value={`statistic.${name}`}>
                {capital(title)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}
