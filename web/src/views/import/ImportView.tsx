import { type DragEvent, useRef, useState } from "react";
import { Icon } from "../../parts/Icon";
import { Unavailable } from "../../parts/Unavailable";
import { whole } from "../../parts/words";
import type { Study } from "../../server/types";
import { isOfActivations } from "../../state/brought";
import type { ImportState, Room as RoomName } from "../../state/import/session";
import { dropped } from "./dropping";
import { HowTo } from "./HowTo";
import { Room } from "./Room";
import { Sending } from "./Sending";
import { StartBar } from "./StartBar";
import { Understood } from "./Understood";
import { useImport } from "./useImport";

/** A model and data from files or folders: drop, see what was understood, correct it, import. */
export function ImportView({ study }: { study: Study | null }) {
  const [state, session] = useImport();
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState<string | null>(null);
  const depth = useRef(0);
  const ofActivations = isOfActivations(study);
  const rooms = roomsOf(state, study, ofActivations);
  const empty = state.model === null && state.data === null && state.activations === null;
  const busy = state.running !== null && state.running.state !== "failed" && state.running.state !== "cancelled";
  if (study?.readOnly === true) {
    return <Unavailable title="This study is only looked at." why="It was opened without the right to change it, so nothing can be brought into it. Start ./inscape serve on a folder that may be written, or without a study." />;
  }
  const take = async (event: DragEvent, room: RoomName | null) => {
    event.preventDefault();
    event.stopPropagation();
    depth.current = 0;
    setOver(false);
    if (busy) {
      return;
    }
    try {
      setReading("Reading what was dropped");
      session.take(await dropped(event.dataTransfer, (count) => setReading(`Reading what was dropped, ${whole(count)} files so far`)), room);
      setReading(null);
    } catch (error) {
      setReading(`The browser could not read what was dropped: ${error instanceof Error ? error.message : String(error)}. Choose it with the buttons instead.`);
    }
  };
  const enter = (by: 1 | -1) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  return (
    <div
      className="import"
      data-testid="import"
      data-over={over}
      onDragEnter={() => enter(1)}
      onDragLeave={() => enter(-1)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void take(event, null)}
    >
      <div className="import-scroll" tabIndex={0} role="group" aria-label="Bring your own">
        <header className="import-head">
          <h2 data-testid="title">{study === null ? "Bring a model and data" : `Bring ${ofActivations ? "activations" : "a model"} into ${study.name}`}</h2>
          <p className="sentence">
            {study === null
              ? "Any ONNX file or a folder of checkpoints, and images, tables, arrays or texts; or activations that another program wrote. Nothing leaves this machine, and nothing is imported before you say so."
              : ofActivations
                ? "New runs, or new epochs of the runs that are there: arrays of the same observations in the same order. Nothing is imported before you say so."
                : "Any ONNX file or a folder of checkpoints that takes this study's data. It becomes a run beside the others; nothing is imported before you say so."}
          </p>
        </header>
        <div className="common-zone" data-testid="zone-any" data-quiet={!empty}>
          <Icon name="bring" />
          <p>
            <strong>Drop files or folders {study === null ? "anywhere here" : `of the ${ofActivations ? "activations" : "model"} anywhere here`}.</strong>{" "}
            <span>{study === null ? "Model, data and activations are told apart by their names." : `The data are those of the study: ${study.dataset.name}.`}</span>
          </p>
        </div>
        <div className={`rooms${rooms.length === 1 ? " alone" : ""}`}>
          {rooms.map((room) => (
            <Room key={room} room={room} brought={state[room]} instead={room === "activations" && rooms.length > 1} disabled={busy} onDrop={take} />
          ))}
        </div>
        {reading !== null && (
          <p className="sentence" role="status">
            {reading}
          </p>
        )}
        <Sending state={state} session={session} />
        {empty && <HowTo />}
        <LeftOut paths={state.leftOut} fixed={study !== null} />
        <Understood state={state} session={session} study={study} disabled={busy} />
      </div>
      <StartBar state={state} session={session} study={study} />
    </div>
  );
}

/** Activations come instead of model and data; a study that is there takes the one or the other. */
function roomsOf({ model, data, activations }: ImportState, study: Study | null, ofActivations: boolean): RoomName[] {
  if (activations !== null || ofActivations) {
    return ["activations"];
  }
  if (study !== null) {
    return ["model"];
  }
  return model === null && data === null ? ["model", "data", "activations"] : ["model", "data"];
}

const NAMED = 4;

function LeftOut({ paths, fixed }: { paths: readonly string[]; fixed: boolean }) {
  if (paths.length === 0) {
    return null;
  }
  const named = paths.slice(0, NAMED).join(", ");
  const more = paths.length > NAMED ? ` and ${whole(paths.length - NAMED)} more` : "";
  return (
    <p className="sentence left-out" role="status" data-testid="left-out">
      <Icon name="warning" /> Left out, {fixed ? "because the study has its data already or nothing here reads them" : "because nothing here reads them"}: {named}
      {more}.{!fixed && " Drop them on Model or Data to bring them all the same."}
    </p>
  );
}
