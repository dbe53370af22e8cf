import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { CompareView } from "../views/compare/CompareView";
import { OverviewView } from "../views/overview/OverviewView";
import { type Situation, useApp, useLibrary, useSituation, useWorkspace } from "./app";
import { Help } from "./Help";
import { Inspector } from "./Inspector";
import { useKeyboard } from "./keyboard";
import { Notices } from "./Notices";
import { Rail } from "./Rail";
import { TimeAxis } from "./TimeAxis";
import { TopBar } from "./TopBar";

/** deck.gl is most of the page's code: the overview does not wait for it. */
export const loadProjection = () => import("../views/projection/ProjectionView");
const ExploreView = lazy(async () => ({ default: (await import("../views/explore/ExploreView")).ExploreView }));
const EvolutionView = lazy(async () => ({ default: (await import("../views/evolution/EvolutionView")).EvolutionView }));
const NeuronsView = lazy(async () => ({ default: (await import("../views/neurons/NeuronsView")).NeuronsView }));
const WeightsView = lazy(async () => ({ default: (await import("../views/weights/WeightsView")).WeightsView }));
const ClassesView = lazy(async () => ({ default: (await import("../views/classes/ClassesView")).ClassesView }));
const NetworkView = lazy(async () => ({ default: (await import("../views/network/NetworkView")).NetworkView }));
const ImportView = lazy(async () => ({ default: (await import("../views/import/ImportView")).ImportView }));
const ProjectionView = lazy(async () => ({ default: (await loadProjection()).ProjectionView }));

/** The one workspace: top bar, rail, view, inspector, time axis. */
export function Page() {
  const situation = useSituation();
  const field = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const [table, setTable] = useState(false);
  const toggleTable = useCallback(() => setTable((shown) => !shown), []);
  const commands = useMemo(
    () => ({ help: () => setHelp(true), search: () => field.current?.focus(), table: toggleTable }),
    [toggleTable],
  );
  useKeyboard(situation, commands);
  useClosingMenus();
  const { status } = useLibrary();
  const { view } = useWorkspace();
  const alone = status === "empty";
  // Nothing of a study stands beside what is yet to become one.
  const bringing = alone || view === "import";
  return (
    <>
      <a className="skip" href="#main" onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        To the picture
      </a>
      <div className="workspace" data-bringing={bringing} data-alone={alone}>
        <TopBar situation={situation} searchField={field} onHelp={commands.help} alone={alone} />
        {!alone && <Rail />}
        <main id="main" tabIndex={-1}>
          {bringing && (alone || situation !== null) ? (
            <Suspense fallback={null}>
              <ImportView study={situation?.study ?? null} />
            </Suspense>
          ) : situation === null ? (
            <Starting />
          ) : (
            <View situation={situation} table={table} onTable={toggleTable} />
          )}
        </main>
        {!bringing && <Inspector situation={situation} />}
        {!bringing && <TimeAxis situation={situation} />}
      </div>
      <Notices />
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}

function View({ situation, table, onTable }: { situation: Situation; table: boolean; onTable(): void }) {
  const { view } = useWorkspace();
  return (
    <>
      {situation.missing !== null && (
        <p className="missing" role="alert" data-testid="missing">
          {situation.missing} Shown instead: {situation.run?.name ?? "no run"}, {situation.layer}.
        </p>
      )}
      {view === "overview" && <OverviewView situation={situation} />}
      {view === "projection" && (
        <Suspense fallback={null}>
          <ProjectionView situation={situation} table={table} onTable={onTable} />
        </Suspense>
      )}
      {view === "compare" && <CompareView situation={situation} />}
      {view === "evolution" && (
        <Suspense fallback={null}>
          <EvolutionView situation={situation} table={table} onTable={onTable} />
        </Suspense>
      )}
      {view === "neurons" && (
        <Suspense fallback={null}>
          <NeuronsView situation={situation} table={table} onTable={onTable} />
        </Suspense>
      )}
      {view === "weights" && (
        <Suspense fallback={null}>
          <WeightsView situation={situation} table={table} onTable={onTable} />
        </Suspense>
      )}
      {view === "classes" && (
        <Suspense fallback={null}>
          <ClassesView situation={situation} table={table} onTable={onTable} />
        </Suspense>
      )}
      {view === "network" && (
        <Suspense fallback={null}>
          <NetworkView situation={situation} table={table} onTable={onTable} />
        </Suspense>
      )}
      {view === "explore" && (
        <Suspense fallback={null}>
          <ExploreView situation={situation} />
        </Suspense>
      )}
    </>
  );
}

/** An open menu closes when the person turns to something else. */
function useClosingMenus(): void {
  useEffect(() => {
    const close = (event: Event) => {
      for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
        const within = menu.contains(event.target as Node);
        if (event instanceof KeyboardEvent && event.key === "Escape") {
          menu.open = false;
          event.stopPropagation();
        } else if (event.type === "pointerdown" && !within) {
          menu.open = false;
        }
      }
    };
    document.addEventListener("pointerdown", close, true);
    document.addEventListener("keydown", close, true);
    return () => {
      document.removeEventListener("pointerdown", close, true);
      document.removeEventListener("keydown", close, true);
    };
  }, []);
}

function Starting() {
  const { library } = useApp();
  const { status, error } = useLibrary();
  if (status === "failed") {
    return (
      <div className="empty" role="alert" data-testid="failed">
        <h3>The study could not be read.</h3>
        <p>{error}</p>
        <button type="button" className="primary-button" onClick={library.retry}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <div className="empty" role="status">
      <h3>Reading the study</h3>
    </div>
  );
}
