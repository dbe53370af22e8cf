/** An observation where it is looked at: its image, its text, or else its number. */
import { useSyncExternalStore } from "react";
import type { Blocks } from "../state/blocks";
import { useLibrary } from "./app";
import { Thumb } from "./Thumb";

/** More of a text than this is not put into a list; the whole of it is with the observation itself. */
const SHORT = 240;

/** A picture of a size, a few lines of text, or the id. */
export function Seen({ row, edge }: { row: number; edge: number }) {
  const { observations } = useLibrary();
  if (observations === null) {
    return null;
  }
  if (observations.pictures !== null) {
    return <Thumb row={row} edge={edge} />;
  }
  return observations.texts === null ? <span className="image-id">#{observations.ids[row]}</span> : <TextOf row={row} />;
}

/** The text of an observation, shortened unless the whole of it is wanted; nothing where the data are no texts. */
export function TextOf({ row, whole = false }: { row: number; whole?: boolean }) {
  const { observations } = useLibrary();
  const texts = observations?.texts ?? null;
  return texts === null || row >= texts.count ? null : <Shown row={row} whole={whole} texts={texts} />;
}

function Shown({ row, whole, texts }: { row: number; whole: boolean; texts: Blocks<readonly string[]> }) {
  useSyncExternalStore(texts.subscribe, () => texts.has(row) || texts.lacks(row));
  const found = texts.at(row);
  const text = found?.block[found.place];
  const words = text === undefined ? (texts.lacks(row) ? "The text could not be had." : "…") : text.trim() === "" ? "An empty text." : whole || text.length <= SHORT ? text : `${text.slice(0, SHORT).trimEnd()}…`;
  return (
    <span tabIndex={whole ? 0 : undefined} className={`text${whole ? " whole" : ""}${text === undefined || text.trim() === "" ? " secondary" : ""}`} data-text={row} data-here={text !== undefined}>
      {words}
    </span>
  );
}
