import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { Icon } from "../../parts/Icon";
import { datasetTitle, whole } from "../../parts/words";
import { fromField } from "../../state/import/dropped";
import { type Brought, nameOf, type Room as RoomName } from "../../state/import/session";
import { FolderBrowser } from "./FolderBrowser";
import { sizeText, useImport } from "./useImport";

const KNOWN = ["mnist", "fashion-mnist"];

const WORDS: Record<RoomName, { title: string; text: ReactNode }> = {
  model: { title: "Model", text: <>One ONNX file, or a folder of checkpoints whose names say the epoch, such as <code>epoch-10.onnx</code>. Weights kept beside a file belong to it.</> },
  data: { title: "Data", text: "A folder of PNG or JPEG files by class, CSV or Parquet, .npy, .npz, HDF5, .mat, IDX, CIFAR's .bin, or lines of text with a tokenizer.json." },
  activations: { title: "Activations", text: <>What another program's layers made of the same observations, as arrays in folders: <code>run/epoch-0005/layer.npy</code>, or one <code>.npz</code>, <code>.safetensors</code> or HDF5 file for each epoch, and <code>labels.npy</code> beside the runs. They need neither model nor data.</> },
};

interface RoomProps {
  room: RoomName;
  brought: Brought | null;
  /** Whether it can take the place of the other rooms. */
  instead: boolean;
  disabled: boolean;
  onDrop(event: DragEvent, room: RoomName): Promise<void>;
}

/** One of the places: drop here, choose, or name a path on this machine. */
export function Room({ room, brought, instead, disabled, onDrop }: RoomProps) {
  const [over, setOver] = useState(false);
  const { title, text } = WORDS[room];
  return (
    <section
      className="room card"
      aria-label={title}
      data-room={room}
      data-testid={`zone-${room}`}
      data-over={over}
      data-filled={brought !== null}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        void onDrop(event, room);
      }}
    >
      <h3>
        {title}
        {instead && " instead"}
      </h3>
      {brought === null ? <p className="sentence">{text}</p> : <Holding room={room} brought={brought} disabled={disabled} />}
      <Choose room={room} brought={brought} disabled={disabled} />
    </section>
  );
}

function Holding({ room, brought, disabled }: { room: RoomName; brought: Brought; disabled: boolean }) {
  const [, session] = useImport();
  const name = brought.kind === "name" ? datasetTitle(brought.name) : nameOf(brought, room);
  const what = brought.kind === "files" ? `${whole(brought.files.length)} ${brought.files.length === 1 ? "file" : "files"}, ${sizeText(brought.bytes)}` : brought.kind === "path" ? "read where it lies, nothing is copied" : "a known data set";
  return (
    <div className="holding" data-testid={`holding-${room}`}>
      <Icon name={brought.kind === "files" && brought.files.length === 1 ? "file" : "folder"} />
      <p>
        <strong>{name}</strong>
        <span className="secondary">{what}</span>
      </p>
      <button type="button" className="quiet" disabled={disabled} aria-label={`Remove the ${room}`} onClick={() => session.remove(room)}>
        Remove
      </button>
    </div>
  );
}

function Choose({ room, brought, disabled }: { room: RoomName; brought: Brought | null; disabled: boolean }) {
  const [, session] = useImport();
  const [browsing, setBrowsing] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (field: HTMLInputElement) => {
    session.take(fromField(field.files ?? []), room);
    field.value = "";
  };
  const more = brought?.kind === "files" ? "more " : "";
  const what = `the ${room}`;
  return (
    <div className="choose">
      <input ref={files} type="file" multiple hidden data-testid={`files-${room}`} tabIndex={-1} aria-label={`Files of ${what}`} onChange={(event) => take(event.target)} />
      <input ref={folder} type="file" multiple hidden data-testid={`folder-${room}`} tabIndex={-1} aria-label={`A folder with ${what}`} onChange={(event) => take(event.target)} {...{ webkitdirectory: "" }} />
      <button type="button" className="secondary-button" disabled={disabled} aria-label={`Choose ${more}files of ${what}`} onClick={() => files.current?.click()}>
        Choose {more}files
      </button>
      <button type="button" className="secondary-button" disabled={disabled} aria-label={`Choose a folder with ${what}`} onClick={() => folder.current?.click()}>
        Choose a folder
      </button>
      <button type="button" className="quiet" disabled={disabled} data-testid={`browse-${room}`} title="Files that are on the machine where Inscape runs: they are read where they lie" onClick={() => setBrowsing(true)}>
        Path on this machine
      </button>
      {room === "data" && (
        <select
          className="known"
          aria-label="A known data set"
          data-testid="known"
          disabled={disabled}
          value={brought?.kind === "name" ? brought.name : ""}
          onChange={(event) => (event.target.value === "" ? session.remove("data") : session.point("data", { kind: "name", name: event.target.value }))}
        >
          <option value="">Known data set</option>
          {KNOWN.map((name) => (
            <option key={name} value={name}>
              {datasetTitle(name)}
            </option>
          ))}
        </select>
      )}
      {browsing && <FolderBrowser what={what} start={brought?.kind === "path" ? brought.path : null} onClose={() => setBrowsing(false)} onChoose={(path) => session.point(room, { kind: "path", path })} />}
    </div>
  );
}
