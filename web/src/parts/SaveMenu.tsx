import { Icon } from "./Icon";

/** What is shown as a picture to take away. */
export function SaveMenu({ className = "", onSave }: { className?: string; onSave(kind: "svg" | "png"): void }) {
  return (
    <details className={`menu save-menu ${className}`}>
      <summary className="tool" title="Save as…" aria-label="Save as…" data-testid="save">
        <Icon name="download" />
      </summary>
      <div className="menu-items">
        {(["svg", "png"] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            data-testid={`save-${kind}`}
            onClick={(event) => {
              event.currentTarget.closest("details")!.open = false;
              onSave(kind);
            }}
          >
            Picture as {kind.toUpperCase()}
          </button>
        ))}
      </div>
    </details>
  );
}
