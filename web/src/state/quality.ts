/** Reads a quality block: which figures there are, beside what they stand, in one line what each says. */
import type { Quality } from "../server/types";

export interface Figure {
  key: string;
  title: string;
  text: string;
  value: number;
  /** The same figure in the layer's own space, before projecting. */
  own: number | null;
  /** What chance alone would give. */
  baseline: number | null;
  /** Written as a percentage. */
  share: boolean;
}

interface Known {
  key: string;
  matches: RegExp;
  title: string;
  text: string;
  share?: boolean;
}

/** The first that matches names a figure. */
const KNOWN: readonly Known[] = [
  { key: "neighborhoodHit", matches: /^neighborhoodHit$/i, title: "Neighborhood hit", share: true, text: "Of each point's nearest points in the picture, the share with its class: how well the picture separates classes." },
  { key: "trustworthiness", matches: /^trustworthiness$/i, title: "Trustworthiness", text: "Whether points that are near in the picture were near before: 1 means no false neighbours." },
  { key: "continuity", matches: /^continuity$/i, title: "Continuity", text: "Whether points that were near before are near in the picture: 1 means no neighbours torn apart." },
  { key: "neighborhoodPreservation", matches: /preserv/i, title: "Neighbours kept", share: true, text: "Share of each observation's nearest neighbours that are still its nearest in the picture." },
  { key: "distanceConsistency", matches: /consistency/i, title: "Distance consistency", share: true, text: "Share of points that lie nearest to the middle of their own class." },
  { key: "shepard", matches: /shepard/i, title: "Shepard goodness", text: "Whether larger distances before are larger distances in the picture: rank correlation, 1 is perfect." },
  { key: "stressScaled", matches: /stress.*(scal|opt)|(scal|opt).*stress/i, title: "Stress, best scale", text: "How far distances in the picture are from those before, at the size that fits best: 0 is perfect; pictures can be compared by it." },
  { key: "stressMax", matches: /stress.*(max|norm)|(max|norm).*stress/i, title: "Stress, normalised", text: "The same with both kinds of distance divided by their largest." },
  { key: "stressRaw", matches: /stress.*raw|raw.*stress/i, title: "Stress, raw", text: "The same in the layout's own units; it depends on the picture's size." },
  { key: "stress1", matches: /^stress1$/i, title: "Stress-1", text: "Kruskal's figure, as statistics tools print it: the square root of the squared errors over the squared distances." },
  { key: "stress", matches: /stress/i, title: "Stress", text: "How far distances in the picture are from those before: 0 is perfect." },
  { key: "kl", matches: /^kl$|kullback|divergence/i, title: "KL divergence", text: "What t-SNE lowers: how badly neighbourhoods in the picture stand for those before." },
];

/** Settings and counts, not figures. */
const ASIDE = /(^|\.)(k|.*K|.*Pairs|seed|count|observations|total|sample\w*|exact|.*PerClass|.*Curve)(\.|$)/;

/** Older or shorter names. */
const ALIASES: Record<string, string> = { baseline: "randomNeighborhoodHit", neighborhoodHitBaseline: "randomNeighborhoodHit", neighborhoodHitOwnSpace: "ownNeighborhoodHit" };

const ROLES: [RegExp, "own" | "baseline" | "value"][] = [
  [/^own(?=[A-Z])/, "own"],
  [/^random(?=[A-Z])/, "baseline"],
  [/\.?(inOwnSpace|ownSpace|own)$/i, "own"],
  [/\.?(randomBaseline|baseline|random|chance)$/i, "baseline"],
  [/\.(value|layout|picture)$/i, "value"],
];

/** Every number of the block under its path. */
function leaves(record: object, prefix = ""): [string, number][] {
  return Object.entries(record).flatMap(([name, value]): [string, number][] => {
    if (typeof value === "number") {
      return Number.isFinite(value) ? [[prefix + name, value]] : [];
    }
    const inner = typeof value === "object" && value !== null && !Array.isArray(value) && name !== "columns";
    return inner ? leaves(value, `${prefix}${name}.`) : [];
  });
}

/** The figures that a block holds, in a fixed order; what is absent or no number is left out. */
export function figures(quality: Quality): Figure[] {
  const found = new Map<string, Partial<Figure> & { key: string; order: number }>();
  for (const [name, value] of leaves(quality)) {
    const path = ALIASES[name] ?? name;
    if (ASIDE.test(path)) {
      continue;
    }
    const role = ROLES.find(([pattern]) => pattern.test(path));
    const stem = role === undefined ? path : path.replace(role[0], "");
    const at = KNOWN.findIndex(({ matches }) => matches.test(stem));
    const known = KNOWN[at];
    const key = known?.key ?? stem;
    const figure = found.get(key) ?? {
      key,
      title: known?.title ?? words(stem),
      text: known?.text ?? "",
      share: known?.share ?? false,
      order: at < 0 ? KNOWN.length : at,
    };
    found.set(key, { ...figure, [role?.[1] ?? "value"]: value });
  }
  return [...found.values()]
    .filter(({ value }) => value !== undefined)
    .sort((a, b) => a.order - b.order)
    .map(({ key, title, text, share, value, own, baseline }) => ({
      key,
      title: title!,
      text: text!,
      share: share!,
      value: value!,
      own: own ?? null,
      baseline: baseline ?? null,
    }));
}

const words = (path: string): string => {
  const text = path.replaceAll(".", " ").replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export const finite = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);

export const hitOf = (quality: Quality): number | null => finite(quality.neighborhoodHit);

/** What the figures stand on: all observations, or a sample of so many; null when the block does not say. */
export function standsOn(quality: Quality, total: number): string | null {
  const count = finite(quality.sampled) ?? finite(quality.sample);
  if (count === null) {
    return null;
  }
  const number = (value: number) => Math.round(value).toLocaleString("en");
  return quality.exact === true || count >= total
    ? `Computed exactly, on all ${number(total)} observations.`
    : `Comparisons of all pairs stand on a sample of ${number(count)} of ${number(total)} observations.`;
}

/** The neighborhood hit for more and more neighbours. */
export interface HitPoint {
  k: number;
  hit: number;
  own: number | null;
}

export function hitCurve(quality: Quality): HitPoint[] {
  const curve = Array.isArray(quality.neighborhoodHitCurve) ? (quality.neighborhoodHitCurve as Record<string, unknown>[]) : [];
  return curve
    .map((point) => ({ k: finite(point.k) ?? Number.NaN, hit: finite(point.neighborhoodHit) ?? Number.NaN, own: finite(point.ownNeighborhoodHit) }))
    .filter(({ k, hit }) => Number.isFinite(k + hit))
    .sort((a, b) => a.k - b.k);
}

/** Columns with one number per observation, as a legend calls them, and the range they must share between pictures if any. */
export const COLUMNS: Record<string, { title: string; text: string; range?: [number, number] }> = {
  neighborhoodHit: { title: "Neighborhood hit", text: "share of the nearest points in the picture that have the same class", range: [0, 1] },
  trustworthiness: { title: "Trustworthiness", text: "low where points near in the picture were not near before" },
  continuity: { title: "Continuity", text: "low where neighbours from before were torn apart" },
  neighborhoodPreservation: { title: "Neighbours kept", text: "share of the nearest neighbours from before that are still nearest", range: [0, 1] },
  stress: { title: "Local error (stress)", text: "high where distances to the others are far from what they were" },
};

export const columnTitle = (name: string): string => COLUMNS[name]?.title ?? words(name);
