/** Fields of a method's form: which show first, in what groups, what their texts mean. */
import type { Method, Parameter, ParameterValue } from "../../server/types";
import { parameterLabel } from "../../parts/words";

/** Parameters that show without opening the rest. */
const FIRST = ["perplexity", "neighbors", "minDist", "seed"];
/** These have controls of their own. */
const ELSEWHERE = ["dimensions"];

export interface Group {
  title: string;
  parameters: Parameter[];
}

/** What shows at once, and the rest in the groups of the method's record. */
export function arranged(method: Method): { first: Parameter[]; groups: Group[] } {
  const shown = method.parameters.filter(({ name }) => !ELSEWHERE.includes(name));
  const groups = new Map<string, Parameter[]>();
  for (const parameter of shown.filter(({ name }) => !FIRST.includes(name))) {
    const at = parameter.name.lastIndexOf(".");
    const title = at < 0 ? "" : parameterLabel(parameter.name.slice(0, at));
    groups.set(title, [...(groups.get(title) ?? []), parameter]);
  }
  return {
    first: shown.filter(({ name }) => FIRST.includes(name)),
    groups: [...groups].map(([title, parameters]) => ({ title, parameters })).sort((a, b) => (a.title === "" ? -1 : b.title === "" ? 1 : 0)),
  };
}

export function parse({ kind }: Parameter, text: string): ParameterValue {
  if (kind === "boolean") {
    return text === "true";
  }
  const trimmed = text.trim();
  const numeric = kind === "number" || kind === "integer" || (kind === "autoOrNumber" && trimmed !== "auto");
  return numeric ? Number(trimmed) : trimmed;
}

/** Why a field's text cannot be used; null when it can. */
export function problem(parameter: Parameter, text: string | undefined): string | null {
  const { name, kind, min, max } = parameter;
  if (text === undefined || kind === "boolean" || kind === "choice" || kind === "text") {
    return null;
  }
  const label = parameterLabel(name);
  if (kind === "integers" || kind === "numbers") {
    const parts = text.split(",").map((part) => problem({ ...parameter, kind: kind === "integers" ? "integer" : "number" }, part.trim()));
    return parts.find((part) => part !== null) ?? null;
  }
  if (kind === "autoOrNumber" && text.trim() === "auto") {
    return null;
  }
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || (kind === "integer" && !Number.isInteger(value))) {
    const expected = kind === "integer" ? "a whole number" : kind === "autoOrNumber" ? "auto or a number" : "a number";
    return `${label} must be ${expected}, got “${text}”`;
  }
  if (min != null && (value < min || (parameter.minExclusive === true && value === min))) {
    return `${label} must be ${parameter.minExclusive === true ? "more than" : "at least"} ${min}, got ${value}`;
  }
  if (max != null && (value > max || (parameter.maxExclusive === true && value === max))) {
    return `${label} must be ${parameter.maxExclusive === true ? "less than" : "at most"} ${max}, got ${value}`;
  }
  return null;
}
