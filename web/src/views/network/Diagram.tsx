import { type KeyboardEvent, type PointerEvent as ReactPointerEvent, useCallback, useEffect, useMemo, useRef } from "react";
import { type Box, BOX_HEIGHT, BOX_WIDTH, boxTitle, edgePath, layersIn, type Linked, parametersOf, placed, shapeOf } from "../../draw/graph";
import { type Situation, useApp, usePassingWeights, useWeights } from "../../parts/app";
import { useSize } from "../../parts/gesture";
import { Icon } from "../../parts/Icon";
import { whole } from "../../parts/words";
import type { Look } from "../../state/weights";

const [EDGE, NEAREST, FARTHEST] = [24, 3, 0.08];
/** Below this a box has room for its name only, and below that for nothing. */
const [NAMES_ONLY, NO_WORDS] = [0.8, 0.4];
/** Mean width of a bold letter as a share of its size. */
const BOLD = 0.62;

interface DiagramProps {
  drawn: Linked;
  direction: "down" | "right";
  situation: Situation;
}

/** Boxes and links; drag pans, the wheel zooms, arrow keys go along links. */
export function Diagram({ drawn, direction, situation }: DiagramProps) {
  const { store } = useApp();
  const [{ node }, change] = useWeights();
  const [attach, size] = useSize();
  const holder = useRef<HTMLDivElement | null>(null);
  const places = useMemo(() => placed(drawn, direction), [drawn, direction]);
  const start: Look = useMemo(() => home(places, size, direction), [places, size, direction]);
  const look = usePassingWeights("look") ?? start;
  const go = useCallback((next: Look | null) => change({ look: next }, "along"), [change]);
  const choose = (box: Box) => {
    const layer = layersIn(box)[0] ?? (box.end !== null && box.id.startsWith("in:") ? "input" : null);
    const known = layer !== null && (layer === "input" || situation.run?.layers.some(({ name }) => name === layer));
    const weights = { ...store.get().weights, node: box.id, layer: null };
    store.change(known && layer !== store.get().layer ? { layer, unit: null, units: [], weights } : { weights });
  };
  const zoom = (factor: number, x = (size?.width ?? 0) / 2, y = (size?.height ?? 0) / 2) => {
    const scale = Math.max(FARTHEST, Math.min(NEAREST, look.scale * factor));
    go({ scale, x: look.x + x / look.scale - x / scale, y: look.y + y / look.scale - y / scale });
  };
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    const element = holder.current!;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      latest.current(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, []);
  const drag = useRef<{ x: number; y: number; look: Look; moved: boolean } | null>(null);
  const handlers = {
    onPointerDown: (event: ReactPointerEvent) => {
      if (event.button === 0) {
        drag.current = { x: event.clientX, y: event.clientY, look, moved: false };
      }
    },
    onPointerMove: (event: ReactPointerEvent<HTMLDivElement>) => {
      const from = drag.current;
      if (from !== null && (from.moved || Math.hypot(event.clientX - from.x, event.clientY - from.y) > 4)) {
        if (!from.moved) {
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        from.moved = true;
        go({ ...from.look, x: from.look.x - (event.clientX - from.x) / from.look.scale, y: from.look.y - (event.clientY - from.y) / from.look.scale });
      }
    },
    onPointerUp: () => {
      drag.current = null;
    },
  };
  const focusBox = (at: number) => {
    holder.current?.querySelector<SVGGElement>(`[data-box="${at}"]`)?.focus();
    const { x, y } = places.boxes[at];
    if (size !== null && (x < look.x + BOX_WIDTH / 2 || x > look.x + size.width / look.scale - BOX_WIDTH / 2 || y < look.y + BOX_HEIGHT || y > look.y + size.height / look.scale - BOX_HEIGHT)) {
      go({ ...look, x: x - size.width / look.scale / 2, y: y - size.height / look.scale / 2 });
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "+" || event.key === "=" || event.key === "-") {
      zoom(event.key === "-" ? 0.8 : 1.25);
    } else if (event.key === "0") {
      go(null);
    } else {
      return;
    }
    event.preventDefault();
  };
  const chosen = drawn.boxes.findIndex(({ id, nodes }) => id === node || nodes.some(({ name }) => name === node));
  return (
    <div
      className="diagram"
      data-testid="diagram"
      ref={(element) => {
        holder.current = element;
        attach(element);
      }}
      onKeyDown={keys}
      {...handlers}
    >
      {size !== null && (
        <svg width={size.width} height={size.height} role="group" aria-label={`Diagram of ${drawn.boxes.length} boxes: arrow keys go along links, Enter chooses, plus and minus zoom. All operators as a table: press T.`}>
          <g transform={`scale(${look.scale}) translate(${-look.x} ${-look.y})`}>
            {places.edges.map((points, at) => {
              const [from, to] = drawn.edges[at];
              return <path key={at} className="link" data-near={from === chosen || to === chosen} d={edgePath(points, direction)} markerEnd="url(#link-end)" />;
            })}
            {drawn.boxes.map((box, at) => (
              <Node key={box.id} box={box} at={at} drawn={drawn} place={places.boxes[at]} scale={look.scale} direction={direction} current={situation.layer} chosen={at === chosen} first={chosen < 0 ? 0 : chosen} onChoose={() => choose(box)} onFocusBox={focusBox} />
            ))}
          </g>
          <defs>
            <marker id="link-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path className="link-end" d="M0 0.5 7.500 4 0 7.500z" />
            </marker>
          </defs>
        </svg>
      )}
      <div className="tools" role="toolbar" aria-label="Diagram" aria-orientation="vertical">
        <button type="button" className="tool" title="Nearer (+)" aria-label="Nearer" data-testid="network-in" onClick={() => zoom(1.4)}>
          <Icon name="plus" />
        </button>
        <button type="button" className="tool" title="Farther (−)" aria-label="Farther" data-testid="network-out" onClick={() => zoom(1 / 1.4)}>
          <Icon name="minus" />
        </button>
        <button type="button" className="tool" title="All of it" aria-label="All of it" data-testid="network-fit" onClick={() => size !== null && go(fitted(places, size))}>
          <Icon name="fit" />
        </button>
      </div>
    </div>
  );
}

type Places = ReturnType<typeof placed>;
type Room = { width: number; height: number };

/** All of the diagram in the panel. */
function fitted(places: Places, room: Room): Look {
  const scale = Math.max(FARTHEST, Math.min(1.25, (room.width - 2 * EDGE) / places.width, (room.height - 2 * EDGE) / places.height));
  return { scale, x: places.width / 2 - room.width / scale / 2, y: places.height / 2 - room.height / scale / 2 };
}

/** At first words are readable, and the network's beginning is there; all of it where it fits. */
function home(places: Places, room: Room | null, direction: "down" | "right"): Look {
  if (room === null) {
    return { x: 0, y: 0, scale: 1 };
  }
  const all = fitted(places, room);
  if (all.scale >= NAMES_ONLY) {
    return all;
  }
  const middle = (length: number, wide: number) => length / 2 - wide / 2;
  return direction === "down" ? { scale: 1, x: middle(places.width, room.width), y: -EDGE } : { scale: 1, x: -EDGE - 40, y: middle(places.height, room.height) };
}

interface NodeProps {
  box: Box;
  at: number;
  drawn: Linked;
  place: { x: number; y: number };
  scale: number;
  direction: "down" | "right";
  current: string;
  chosen: boolean;
  first: number;
  onChoose(): void;
  onFocusBox(at: number): void;
}

/** One operator: name, shape, parameters. Words keep a size that can be read; what has no room for them is left out. */
function Node({ box, at, drawn, place, scale, direction, current, chosen, first, onChoose, onFocusBox }: NodeProps) {
  const layers = layersIn(box);
  const count = parametersOf(box);
  const shape = shapeOf(box);
  const size = Math.max(12, 12 / scale);
  const long = scale >= NAMES_ONLY;
  const title = boxTitle(box);
  const most = Math.floor((BOX_WIDTH - 16) / (Math.max(long ? 13 : 12, size) * BOLD));
  const second = [layers.length > 0 ? layers[layers.length - 1] : "", shape].filter((part) => part !== "").join(" · ");
  // The words that are seen, in their order, so that whoever speaks them to the page is understood.
  const words = [title, second, count > 0 ? `${whole(count)} parameters` : ""].filter((part) => part !== "").join(" ");
  const keys = (event: KeyboardEvent) => {
    const [ahead, back, left, right] = direction === "down" ? ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"];
    const after = drawn.edges.filter(([from]) => from === at).map(([, to]) => to);
    const before = drawn.edges.filter(([, to]) => to === at).map(([from]) => from);
    const siblings = before.flatMap((one) => drawn.edges.filter(([from]) => from === one).map(([, to]) => to));
    const beside = (by: number) => siblings[siblings.indexOf(at) + by];
    const next = { [ahead]: after[0], [back]: before[0], [left]: beside(-1), [right]: beside(1) }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      onChoose();
    } else if (event.key.startsWith("Arrow")) {
      if (next !== undefined) {
        onFocusBox(next);
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <g
      className="node"
      role="button"
      tabIndex={at === first ? 0 : -1}
      data-box={at}
      data-testid={`node-${box.id}`}
      data-end={box.end !== null}
      data-layer={layers.includes(current)}
      data-folded={box.nodes.length > 1}
      aria-pressed={chosen}
      aria-label={words}
      transform={`translate(${place.x - BOX_WIDTH / 2} ${place.y - BOX_HEIGHT / 2})`}
      onClick={onChoose}
      onKeyDown={keys}
    >
      {box.nodes.length > 1 && <rect className="node-behind" x="4" y="4" width={BOX_WIDTH} height={BOX_HEIGHT} rx="7" />}
      <rect className="node-box" width={BOX_WIDTH} height={BOX_HEIGHT} rx={box.end === null ? 7 : BOX_HEIGHT / 2} />
      {scale >= NO_WORDS && (
        <text x={BOX_WIDTH / 2} y={long && (second !== "" || count > 0) ? 20 : BOX_HEIGHT / 2 + size * 0.35} textAnchor="middle" fontSize={long ? 13 : size} fontWeight="600">
          {`${shortened(title, most)} `}
        </text>
      )}
      {long && second !== "" && (
        <text className="node-second" x={BOX_WIDTH / 2} y={count > 0 ? 36 : 42} textAnchor="middle" fontSize={12 / Math.min(1, scale)}>
          {`${shortened(second, 28)} `}
        </text>
      )}
      {long && count > 0 && (
        <text className="node-second" x={BOX_WIDTH / 2} y="52" textAnchor="middle" fontSize={12 / Math.min(1, scale)}>
          {whole(count)} parameters
        </text>
      )}
    </g>
  );
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`);
