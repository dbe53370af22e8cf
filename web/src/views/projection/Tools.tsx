import { clampScale } from "../../draw/camera";
import { useApp, useWorkspace } from "../../parts/app";
import { Icon, type IconName } from "../../parts/Icon";
import { SaveFiles } from "../../parts/SaveFiles";
import { FRONT, HOME, type Tool } from "../../state/workspace";

const MODES: { tool: Tool; icon: IconName; text: string }[] = [
  { tool: "pan", icon: "pan", text: "Hand: drag pans, wheel zooms (H)" },
  { tool: "lasso", icon: "lasso", text: "Lasso: drag around points (L, or Shift-drag at any time)" },
  { tool: "marquee", icon: "marquee", text: "Marquee: drag a rectangle (M)" },
];

const STEP = 1.5;
const SPACE_TEXT = "Hand: drag turns, Ctrl-drag or right-drag moves, wheel zooms (H)";

interface ToolsProps {
  space: boolean;
  images: boolean;
  table: boolean;
  ready: boolean;
  onTable(): void;
  onSave(kind: "svg" | "png" | "csv"): void;
  /** What the table that can be saved is called. */
  csv?: string;
  /** Of the result that is shown, for files that the server makes. */
  digest?: string | null;
}

export function Tools({ space, images, onTable, table, onSave, ready, csv = "Coordinates as CSV", digest = null }: ToolsProps) {
  const { store } = useApp();
  const { tool, insets, palette } = useWorkspace();
  const zoom = (factor: number) => {
    const { camera } = store.get();
    store.change({ camera: { ...camera, scale: clampScale(camera.scale * factor) } }, "along");
  };
  const button = (icon: IconName, text: string, act: () => void, pressed?: boolean, id?: string) => (
    <button type="button" className="tool" title={text} aria-label={text} aria-pressed={pressed} data-testid={id} onClick={act}>
      <Icon name={icon} />
    </button>
  );
  return (
    <div className="tools" role="toolbar" aria-label="Picture" aria-orientation="vertical">
      {MODES.map((mode) => (
        <span key={mode.tool}>
          {button(mode.icon, mode.tool === "pan" && space ? SPACE_TEXT : mode.text, () => store.change({ tool: mode.tool }, "along"), tool === mode.tool, `tool-${mode.tool}`)}
        </span>
      ))}
      <hr />
      {button("plus", "Zoom in", () => zoom(STEP))}
      {button("minus", "Zoom out", () => zoom(1 / STEP))}
      {button("fit", "Fit all points (F)", () => store.change({ camera: HOME, orbit: FRONT }, "along"), undefined, "fit")}
      <hr />
      {images && button("images", "Images in the picture (I)", () => store.change({ insets: !insets }, "along"), insets, "insets-toggle")}
      {button("eye", "Colours that everybody can tell apart", () => store.change({ palette: palette === "safe" ? "category10" : "safe" }, "along"), palette === "safe", "palette")}
      {button("table", "The picture as a table (T)", onTable, table, "table-toggle")}
      <details className="menu">
        <summary className="tool" title="Save as…" aria-label="Save as…" data-testid="save">
          <Icon name="download" />
        </summary>
        <div className="menu-items">
          {(["svg", "png", "csv"] as const).map((kind) => (
            <button key={kind} type="button" disabled={!ready} data-testid={`save-${kind}`} onClick={(event) => {
                event.currentTarget.closest("details")!.open = false;
                onSave(kind);
              }}
            >
              {kind === "csv" ? csv : `Picture as ${kind.toUpperCase()}`}
            </button>
          ))}
          <SaveFiles digest={digest} />
        </div>
      </details>
    </div>
  );
}
