import { whole } from "../../parts/words";
import { type ImportSession, type ImportState, ROOMS } from "../../state/import/session";
import { sizeText } from "./useImport";

const NAMED = 3;

/** How far the files have come, and which did not arrive. */
export function Sending({ state, session }: { state: ImportState; session: ImportSession }) {
  const { files, filesDone, bytes, bytesSent, failed, active } = state.uploads;
  const stop = () => ROOMS.forEach((room) => state[room]?.kind === "files" && session.remove(room));
  return (
    <>
      {active && (
        <div className="sending" data-testid="sending">
          <progress value={bytes === 0 ? 0 : bytesSent / bytes} max={1} aria-label="Files on their way" />
          <span>
            {whole(filesDone)} of {whole(files)} files, {sizeText(bytesSent)} of {sizeText(bytes)}
          </span>
          <button type="button" className="quiet" onClick={stop}>
            Stop and remove
          </button>
        </div>
      )}
      {failed.length > 0 && (
        <div className="sending failed" role="alert" data-testid="sending-failed">
          <p>
            {failed.length === 1 ? "One file" : `${whole(failed.length)} files`} did not arrive: {failed.slice(0, NAMED).map(({ path }) => path.slice(path.indexOf("/") + 1)).join(", ")}
            {failed.length > NAMED ? ", …" : ""}. {failed[0].message}
          </p>
          <button type="button" className="secondary-button" onClick={session.retryUploads}>
            Send again
          </button>
        </div>
      )}
    </>
  );
}
