/** Colouring by one neuron: which layer it belongs to stays said, so that any picture of the same observations can show it. */
import { type Pooling, POOLINGS } from "./units";

export interface UnitColor {
  layer: string;
  unit: number;
  /** How positions of a channel become one number; null for the layer's usual way. */
  pooling: Pooling | null;
}

export type UnitColorText = `unit.${string}`;

const PATTERN = /^unit\.([\w%-][\w.%-]{0,158}?)(?:~(none|mean|max))?\.(\d{1,6})$/;

/** `unit.fc4.12`, `unit.conv1~max.3`; signs that a layer's name may have beside letters, digits, dots and dashes are escaped. */
export function unitColorText({ layer, unit, pooling }: UnitColor): UnitColorText {
  return `unit.${encodeURIComponent(layer).replace(/[~!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}${pooling === null ? "" : `~${pooling}`}.${unit}`;
}

export function unitColorOf(text: string): UnitColor | null {
  const [, layer, pooling, unit] = PATTERN.exec(text) ?? [];
  if (unit === undefined) {
    return null;
  }
  try {
    return { layer: decodeURIComponent(layer), unit: Number(unit), pooling: POOLINGS.find((name) => name === pooling) ?? null };
  } catch {
    return null;
  }
}

/** "Neuron 12 of fc4". */
export const unitTitle = ({ layer, unit }: Pick<UnitColor, "layer" | "unit">): string => `Neuron ${unit} of ${layer}`;

/** Where the server answers about the units of a layer, below api/. */
export function unitsPath(run: string, epoch: number, layer: string, what: string, pooling: Pooling | null, query: Record<string, string | number> = {}): string {
  const asked = [...(pooling === null ? [] : [["pooling", pooling]]), ...Object.entries(query)].map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  const place = ["units", run, String(epoch), layer].map(encodeURIComponent).join("/");
  return `${place}/${what}${asked.length === 0 ? "" : `?${asked.join("&")}`}`;
}
