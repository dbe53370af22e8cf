/** The workspace's store: one value, changed through `change`, mirrored in the URL; Back and Forward undo and redo. */
import { onlyPasses } from "./evolution";
import { fromFragment, toFragment } from "./url";
import { onlyWeightsPass } from "./weights";
import { MOVING, type Still, type Workspace } from "./workspace";

/** step: one entry in the browser's history; along: replaces the newest entry (camera, playing through epochs). */
export type Track = "step" | "along";

export interface Store {
  get(): Workspace;
  /** The same value for as long as only the camera moves, so that parts which do not follow the camera stay as they are. */
  still(): Still;
  /** Goes back or forward in what was done here; never out of the page. */
  travel(by: -1 | 1): void;
  change(part: Partial<Workspace>, track?: Track): void;
  subscribe(listener: () => void): () => void;
}

/** What the store needs of a window, so that tests can give another one. */
export interface Place {
  fragment(): string;
  write(fragment: string, track: Track): void;
  onMove(listener: () => void): void;
  travel(by: -1 | 1): void;
}

export function createStore(place: Place): Store {
  let workspace = fromFragment(place.fragment());
  let still: Still = workspace;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) {
      listener();
    }
  };
  place.onMove(() => {
    workspace = fromFragment(place.fragment());
    still = workspace;
    tell();
  });
  return {
    get: () => workspace,
    still: () => still,
    travel: place.travel,
    change: (part, track = "step") => {
      const before = workspace;
      const next = { ...before, ...part };
      const fragment = toFragment(next);
      if (fragment !== toFragment(workspace)) {
        place.write(fragment, track);
      }
      workspace = next;
      const moves = (key: string) => (MOVING as readonly string[]).includes(key) || (key === "evolution" && onlyPasses(before.evolution, next.evolution)) || (key === "weights" && onlyWeightsPass(before.weights, next.weights));
      if (!Object.keys(part).every(moves)) {
        still = next;
      }
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const QUIET_MS = 250;

/** The browser's address bar. Changes "along" are written when they pause: browsers limit how often one may. */
export function addressBar(): Place {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: string | null = null;
  const depth = (): number => (history.state as { depth?: number } | null)?.depth ?? 0;
  const flush = () => {
    clearTimeout(timer);
    if (waiting !== null) {
      history.replaceState({ depth: depth() }, "", `#${waiting}`);
      waiting = null;
    }
  };
  return {
    fragment: () => location.hash,
    write: (fragment, track) => {
      if (track === "along") {
        waiting = fragment;
        clearTimeout(timer);
        timer = setTimeout(flush, QUIET_MS);
        return;
      }
      flush();
      history.pushState({ depth: depth() + 1 }, "", `#${fragment}`);
    },
    onMove: (listener) => {
      const moved = () => {
        waiting = null;
        listener();
      };
      addEventListener("popstate", moved);
      addEventListener("hashchange", moved);
    },
    travel: (by) => {
      flush();
      if (by === 1 || depth() > 0) {
        history.go(by);
      }
    },
  };
}
