import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { Icon } from "../../parts/Icon";
import { whole } from "../../parts/words";
import { type FolderListing, importClient } from "../../server/imports";
import { sizeText } from "./useImport";

/** More entries than this are not listed; the path can still be typed. */
const MOST = 400;

interface FolderBrowserProps {
  what: string;
  start: string | null;
  onChoose(path: string): void;
  onClose(): void;
}

/** The folders of the machine that Inscape runs on. A path can also be typed or pasted. */
export function FolderBrowser({ what, start, onChoose, onClose }: FolderBrowserProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [path, setPath] = useState(start ?? "");
  const [error, setError] = useState<string | null>(null);
  const newest = useRef(0);
  const go = useCallback(async (to: string | null) => {
    const mine = ++newest.current;
    try {
      const found = await importClient.folders(to);
      if (mine === newest.current) {
        setListing(found);
        setPath(found.path);
        setError(null);
      }
    } catch (problem) {
      if (mine === newest.current) {
        setError(problem instanceof Error ? problem.message : String(problem));
      }
    }
  }, []);
  useEffect(() => {
    if (dialog.current?.open === false) {
      dialog.current.showModal();
    }
    void go(start);
  }, [go, start]);
  const choose = (chosen: string) => {
    onChoose(chosen);
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void go(path.trim());
  };
  const entries = listing?.entries ?? [];
  return (
    <dialog ref={dialog} className="browser" aria-labelledby="browser-title" onClose={onClose} data-testid="browser">
      <header>
        <h2 id="browser-title">Where is {what} on this machine?</h2>
        <button type="button" className="quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <form onSubmit={submit}>
        <button type="button" className="tool" aria-label="The folder above" title="The folder above" disabled={listing?.parent == null} onClick={() => void go(listing?.parent ?? null)}>
          <Icon name="up" />
        </button>
        <input value={path} aria-label="Path" data-testid="browser-path" spellCheck={false} autoComplete="off" onChange={(event) => setPath(event.target.value)} />
        <button type="submit" className="secondary-button">
          Go
        </button>
      </form>
      {error !== null && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
      <ul className="entries" aria-label="Folders and files">
        {entries.slice(0, MOST).map(({ name, folder, bytes }) => (
          <li key={name}>
            <button type="button" data-folder={folder} onClick={() => (folder ? void go(within(listing!.path, name)) : choose(within(listing!.path, name)))} title={folder ? `Open ${name}` : `Use ${name}`}>
              <Icon name={folder ? "folder" : "file"} />
              <span>{name}</span>
              <span className="count">{folder || bytes === null ? "" : sizeText(bytes)}</span>
            </button>
          </li>
        ))}
        {listing !== null && entries.length === 0 && <li className="sentence">This folder is empty.</li>}
      </ul>
      <footer>
        <span className="sentence">{entries.length > MOST ? `${whole(entries.length - MOST)} more are not listed; type the path. ` : ""}A click on a file takes it.</span>
        <button type="button" className="primary-button" data-testid="browser-use" disabled={path.trim() === ""} onClick={() => choose(path.trim())}>
          Use {path.trim() === listing?.path ? "this folder" : "this path"}
        </button>
      </footer>
    </dialog>
  );
}

/** Windows' paths have backslashes. */
const within = (folder: string, name: string): string => `${folder}${/[\\/]$/.test(folder) ? "" : folder.includes("\\") && !folder.includes("/") ? "\\" : "/"}${name}`;
