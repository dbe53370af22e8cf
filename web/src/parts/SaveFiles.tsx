/** What is shown as files for other tools, made by the server: CSV, Parquet, NumPy. */
import { client } from "../server/client";
import { isStatic } from "../server/recorded";
import { useApp, useWorkspace } from "./app";
import { download } from "./saving";
import { rowsNpy } from "../draw/npy";
import { whole } from "./words";

const FORMATS = [
  { format: "csv", text: "CSV" },
  { format: "parquet", text: "Parquet" },
  { format: "npy", text: "NumPy" },
] as const;

interface Wanted {
  title: string;
  id: string;
  path: string;
  /** Only these observations; null for all. */
  rows: readonly number[] | null;
}

/** @param digest of the result that is shown, null where there is none */
export function SaveFiles({ digest }: { digest: string | null }) {
  const { library } = useApp();
  const { selection } = useWorkspace();
  if (isStatic()) {
    return null;
  }
  const wanted: Wanted[] = [];
  if (digest !== null) {
    wanted.push({ title: "Layout and quality of each point", id: "layout", path: `results/${digest}`, rows: null });
  }
  wanted.push({ title: "Quality of all kept layouts", id: "quality", path: "tables/quality", rows: null });
  if (selection.length > 0) {
    const path = digest === null ? "tables/observations" : `results/${digest}`;
    wanted.push({ title: `The ${whole(selection.length)} selected`, id: "selection", path, rows: selection });
  }
  const save = async ({ path, rows }: Wanted, format: string) => {
    const { name, content } = await client.file(`export/${path}?format=${format}`, rows);
    download(name, content);
  };
  return (
    <div className="save-files">
      {wanted.map((one) => (
        <div key={one.id} role="group" aria-label={one.title}>
          <span>{one.title}</span>
          {FORMATS.map(({ format, text }) => (
            <button
              key={format}
              type="button"
              data-testid={`save-${one.id}-${format}`}
              onClick={(event) => {
                event.currentTarget.closest("details")!.open = false;
                save(one, format).catch((error: unknown) => library.notify(error));
              }}
            >
              {text}
            </button>
          ))}
          {one.id === "selection" && (
            <button type="button" data-testid="save-rows" title="The rows of the selection, for --rows and for NumPy" onClick={() => download("inscape-selection.npy", new Blob([rowsNpy(selection)]))}>
              Rows
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
