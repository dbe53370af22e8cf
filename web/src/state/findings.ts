/** What an analysis found worth saying, and where it is seen. */
import type { TaskSummary } from "../server/types";
import { fromFragment, toFragment } from "./url";
import { INITIAL, type Workspace } from "./workspace";

export interface Finding {
  id: string;
  sentence: string;
  /** How large it is, in words or as a number. */
  effect: string | number | null;
  /** What a number is, in words. */
  effectIs?: string;
  /** What it was compared with, in words. */
  control: string;
  /** 0..1 */
  strength: number;
  /** Where it is seen: the workspace's keys, or those of the URL. */
  link: Record<string, unknown>;
  speaks?: boolean;
}

export interface FindingsReport {
  findings: Finding[];
  /** What was looked for and not found. */
  silent: { id: string; why: string }[];
}

/** Those that speak, the strongest first. */
export const spoken = ({ findings }: FindingsReport): Finding[] => findings.filter(({ speaks }) => speaks !== false).sort((a, b) => b.strength - a.strength);

export interface About {
  run: string;
  epoch: number;
}

/** The kept findings about a run's epoch; those of another epoch where there are none. */
export function findingsFor(kept: readonly TaskSummary[], { run, epoch }: About): { summary: TaskSummary; epoch: number } | null {
  const own = kept.flatMap((summary) => {
    const source = summary.source as { run?: string; epoch?: number };
    return source.run === run && source.epoch !== undefined ? [{ summary, epoch: source.epoch }] : [];
  });
  const distance = (other: number) => Math.abs(other - epoch);
  return own.length === 0 ? null : own.reduce((best, next) => (distance(next.epoch) <= distance(best.epoch) ? next : best));
}

/** Parts of the workspace that another's state would make hard to see. */
const AFRESH: Partial<Workspace> = { hiddenClasses: [], selection: [], primary: null };

/**
 * The change that leads to a finding: names of the workspace with their values, or keys of the URL with their texts. What cannot be
 * understood is left out, as in a URL.
 */
export function leadsTo(link: Record<string, unknown>): Partial<Workspace> {
  const named: Record<string, unknown> = {};
  const texts: string[] = [];
  const usual = INITIAL as unknown as Record<string, unknown>;
  for (const [key, given] of Object.entries(link)) {
    const value = key === "color" && typeof given === "string" ? given.replace(":", ".") : given;
    if (key in usual && fits(usual[key], value)) {
      named[key] = Array.isArray(value) ? [...(value as number[])].sort((a, b) => a - b) : isPlain(value) ? { ...(usual[key] as object), ...value } : value;
    } else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      texts.push(`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
    }
  }
  const asked = { ...INITIAL, ...named } as Workspace;
  const read = fromFragment(`${toFragment(asked)}&${texts.join("&")}`) as unknown as Record<string, unknown>;
  const text = JSON.stringify;
  const changed = Object.keys(usual).filter((key) => text(read[key]) !== text(usual[key]) || (key in named && text(read[key]) === text(named[key])));
  return { ...AFRESH, ...Object.fromEntries(changed.map((key) => [key, read[key]])) };
}

const isPlain = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is of the kind that a part of the workspace has; lists here are lists of whole numbers. */
function fits(usual: unknown, value: unknown): boolean {
  if (Array.isArray(usual)) {
    return Array.isArray(value) && value.every((one) => Number.isInteger(one) && one >= 0);
  }
  if (usual === null) {
    return typeof value === "string" || typeof value === "number" || value === null;
  }
  return typeof usual === typeof value && isPlain(usual) === isPlain(value);
}
