/** What the browser hands over when something is dropped. */
import { type Dropped, type Entry, fromField, walk } from "../../state/import/dropped";

/** Entries must be taken before the first pause: the browser empties its list then. */
export function dropped(transfer: DataTransfer, seen: (count: number) => void): Promise<Dropped[]> {
  const entries: Entry[] = [];
  for (const item of transfer.items) {
    const entry = item.kind === "file" ? (item.webkitGetAsEntry?.() ?? null) : null;
    if (entry !== null) {
      entries.push(entry as unknown as Entry);
    }
  }
  return entries.length > 0 ? walk(entries, seen) : Promise.resolve(fromField(transfer.files));
}
