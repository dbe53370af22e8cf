import { isHere } from "../server/recorded";
import { type ViewName } from "../state/workspace";
import { useApp, useWorkspace } from "./app";
import { Icon, type IconName } from "./Icon";

/** The views that exist. A new view is a folder under views/, a name in workspace.ts and a line here. */
const ENTRIES: { view: ViewName; title: string; icon: IconName }[] = [
  { view: "overview", title: "Overview", icon: "overview" },
  { view: "projection", title: "Projection", icon: "projection" },
  { view: "compare", title: "Compare", icon: "compare" },
  { view: "evolution", title: "Evolution", icon: "evolution" },
  { view: "neurons", title: "Neurons", icon: "neurons" },
  { view: "weights", title: "Weights", icon: "weights" },
  { view: "classes", title: "Classes", icon: "classes" },
  { view: "network", title: "Network", icon: "network" },
  { view: "explore", title: "Explore", icon: "explore" },
  { view: "import", title: "Bring your own", icon: "bring" },
];

export function Rail() {
  const { store } = useApp();
  const { view } = useWorkspace();
  return (
    <nav className="rail" aria-label="Views">
      {ENTRIES.filter((entry) => isHere(entry.view)).map((entry) => (
        <button
          key={entry.view}
          type="button"
          data-testid={`view-${entry.view}`}
          aria-current={entry.view === view ? "page" : undefined}
          onClick={() => store.change({ view: entry.view })}
        >
          <Icon name={entry.icon} />
          {entry.title}
        </button>
      ))}
    </nav>
  );
}
