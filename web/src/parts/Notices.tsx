import { useApp, useLibrary } from "./app";

/** What went wrong, until the person has read it; and whether the server is there. */
export function Notices() {
  const { library } = useApp();
  const { connected, notices, status } = useLibrary();
  return (
    <div className="notices">
      {!connected && status !== "failed" && (
        <div className="notice" role="alert" data-testid="lost">
          <span>
            Connection to Inscape lost. Is it still running in your terminal? What you see stays; trying again every few seconds.
          </span>
          <button type="button" className="quiet" onClick={library.retry}>
            Try now
          </button>
        </div>
      )}
      {notices.map(({ id, text }) => (
        <div key={id} className="notice" role="alert" data-testid="notice">
          <span>{text}</span>
          <button type="button" className="quiet" onClick={() => library.dismiss(id)}>
            Dismiss
          </button>
        </div>
      ))}
    </div>
  );
}
