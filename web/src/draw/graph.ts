/** Places of a network's operators: layers by the longest path from the inputs, few crossings, and runs of small operators folded. */

export interface GraphNode {
  name: string;
  operator: string;
  title: string;
  attributes: Record<string, unknown>;
  inputs: readonly string[];
  outputs: readonly string[];
  outputShapes: readonly (readonly (number | string)[] | null)[];
  /** How many numbers the network has learned. */
  parameterCount: number;
  /** Constants that it takes. */
  parameters: readonly { name: string; shape: readonly number[]; count: number; learned: boolean }[];
  /** The layer that it makes or works towards. */
  layer: string | null;
}

export interface GraphReport {
  nodes: readonly GraphNode[];
  inputs: readonly unknown[];
  outputs: readonly unknown[];
  parameterCount: number;
  opset: number;
}

/** A box of the diagram: one operator, a folded run of them, or an end of the graph. */
export interface Box {
  id: string;
  nodes: readonly GraphNode[];
  /** The name of the value that begins or ends the graph, where it is no operator. */
  end: string | null;
  /** The module that all of its operators are of; empty where they are of none, or of several. */
  module: string;
  /** Of its operators the first so many are those that the rest only reckons sizes for. */
  core: number;
}

export interface Linked {
  boxes: Box[];
  /** Indices of boxes. */
  edges: [from: number, to: number][];
}

/** Names of the graph's inputs or outputs, which may come as texts or as records. */
export const namesOf = (values: readonly unknown[]): string[] => values.map((value) => (typeof value === "string" ? value : String((value as { name?: unknown }).name ?? "")));

/** More operators than this are folded. */
export const FOLD_FROM = 60;

/** Boxes and edges: who reads what others write, with a box for each input and output of the graph. */
export function linked(graph: GraphReport, fold: boolean, open: readonly string[]): Linked {
  const groups = fold ? folded(graph) : graph.nodes.map((node) => ({ nodes: [node], module: "", core: 1 }));
  const boxes: Box[] = [];
  const writer = new Map<string, number>();
  for (const name of namesOf(graph.inputs)) {
    writer.set(name, boxes.length);
    boxes.push({ id: `in:${name}`, nodes: [], end: name, module: "", core: 0 });
  }
  for (const { nodes, module, core } of groups.flatMap((group) => (group.nodes.length > 1 && open.includes(group.nodes[0].name) ? group.nodes.map((node) => ({ nodes: [node], module: "", core: 1 })) : [group]))) {
    nodes.forEach((node) => node.outputs.forEach((value) => writer.set(value, boxes.length)));
    boxes.push({ id: nodes[0].name, nodes, end: null, module, core });
  }
  const edges: [number, number][] = [];
  const seen = new Set<string>();
  const link = (value: string, to: number) => {
    const from = writer.get(value);
    if (from !== undefined && from !== to && !seen.has(`${from}>${to}`)) {
      seen.add(`${from}>${to}`);
      edges.push([from, to]);
    }
  };
  boxes.forEach(({ nodes }, at) => nodes.forEach((node) => node.inputs.forEach((value) => link(value, at))));
  for (const name of namesOf(graph.outputs)) {
    boxes.push({ id: `out:${name}`, nodes: [], end: name, module: "", core: 0 });
    link(name, boxes.length - 1);
  }
  return { boxes, edges };
}

/** The module that PyTorch names an operator of, such as `encoder/ln` of `/encoder/ln/Mul`; empty where there is none. */
export const moduleOf = ({ name }: GraphNode): string => (name.startsWith("/") ? name.slice(1, Math.max(1, name.lastIndexOf("/"))) : "");

/**
 * Operators in groups, as their author would draw them: those of one module, and runs without a branch, each begun by one with
 * parameters. What only reckons with sizes, however much of it there is, goes to the operator that it is for.
 */
function folded(graph: GraphReport): Group[] {
  const sizes = reckoning(graph);
  const main = graph.nodes.filter((node) => !sizes.has(node));
  const flows = new Set([...namesOf(graph.inputs), ...main.flatMap(({ outputs }) => outputs)]);
  const taken = (node: GraphNode) => node.inputs.filter((value) => flows.has(value));
  const readers = new Map<string, number>();
  [...main.flatMap(taken), ...namesOf(graph.outputs)].forEach((value) => readers.set(value, (readers.get(value) ?? 0) + 1));
  const groups = new Groups();
  const weighty = ({ operator }: GraphNode) => /^(Conv|Gemm|MatMul|LSTM|GRU)/.test(operator);
  for (const node of main) {
    const before = taken(node);
    const module = moduleOf(node);
    const ofModule = module === "" ? undefined : before.map((value) => groups.of(value)).find((group) => group !== undefined && moduleOf(group[0]) === module && groups.mayTake(group, before));
    // Where values meet, a box of its own begins, so that branches stay readable.
    const run = before.length === 1 && readers.get(before[0]) === 1 && !weighty(node) ? groups.of(before[0]) : undefined;
    const follows = run?.[run.length - 1].outputs.includes(before[0]) === true && !closes(run, module) ? run : undefined;
    groups.add(node, before, ofModule ?? follows);
  }
  const boxes: Group[] = groups.all.map((nodes) => ({ nodes, module: nodes.every((node) => moduleOf(node) === moduleOf(nodes[0])) ? moduleOf(nodes[0]) : "", core: nodes.length }));
  addReckoning(graph, sizes, boxes);
  return boxes;
}

/** Whether a group is a whole module's, which what belongs to another does not run on. */
const closes = (group: readonly GraphNode[], module: string): boolean => group.length > 1 && moduleOf(group[0]) !== "" && moduleOf(group[0]) !== module && group.every((node) => moduleOf(node) === moduleOf(group[0]));

interface Group {
  nodes: GraphNode[];
  module: string;
  core: number;
}

/** Groups of operators, none of which waits for another that waits for it. */
class Groups {
  readonly all: GraphNode[][] = [];
  private readonly writer = new Map<string, GraphNode[]>();
  private readonly before = new Map<GraphNode[], Set<GraphNode[]>>();

  of(value: string): GraphNode[] | undefined {
    return this.writer.get(value);
  }

  add(node: GraphNode, inputs: readonly string[], group: GraphNode[] | undefined): void {
    const mine = group ?? [];
    if (group === undefined) {
      this.all.push(mine);
      this.before.set(mine, new Set());
    }
    mine.push(node);
    inputs.map((value) => this.of(value)).forEach((other) => other !== undefined && other !== mine && this.before.get(mine)!.add(other));
    node.outputs.forEach((value) => this.writer.set(value, mine));
  }

  /** Whether no input is made from what the group gives to others. */
  mayTake(group: GraphNode[], inputs: readonly string[]): boolean {
    const seen = new Set<GraphNode[]>([group]);
    const next = inputs.map((value) => this.of(value)).filter((other) => other !== undefined && other !== group);
    while (next.length > 0) {
      const one = next.pop()!;
      for (const other of this.before.get(one) ?? []) {
        if (other === group) {
          return false;
        }
        if (!seen.has(other)) {
          seen.add(other);
          next.push(other);
        }
      }
    }
    return true;
  }
}

/** Operators whose values come from shapes and constants alone. */
function reckoning(graph: GraphReport): Set<GraphNode> {
  const found = new Set<GraphNode>();
  const values = new Set<string>();
  const given = new Set(namesOf(graph.outputs));
  for (const node of graph.nodes) {
    const inputs = node.inputs.filter((value) => value !== "");
    const small = /^(Shape|Size)$/.test(node.operator) || inputs.every((value) => values.has(value));
    if (small && node.parameterCount === 0 && !node.outputs.some((value) => given.has(value))) {
      found.add(node);
      node.outputs.forEach((value) => values.add(value));
    }
  }
  return found;
}

/** Puts each where its first reader is, from the last on: a reader may itself reckon. */
function addReckoning(graph: GraphReport, sizes: ReadonlySet<GraphNode>, boxes: Group[]): void {
  const reader = new Map<string, GraphNode[]>();
  [...boxes].reverse().forEach(({ nodes }) => nodes.forEach((node) => node.inputs.forEach((value) => reader.set(value, nodes))));
  for (const node of [...graph.nodes].reverse().filter((one) => sizes.has(one))) {
    const group = node.outputs.map((value) => reader.get(value)).find((one) => one !== undefined);
    if (group === undefined) {
      boxes.push({ nodes: [node], module: "", core: 1 });
    } else {
      group.push(node);
      node.inputs.forEach((value) => reader.has(value) || reader.set(value, group));
    }
  }
}

export interface Placed {
  /** Middles of boxes, in pixels. */
  boxes: { x: number; y: number }[];
  /** Corner points of each edge, beginning and end included. */
  edges: { x: number; y: number }[][];
  width: number;
  height: number;
}

export const [BOX_WIDTH, BOX_HEIGHT] = [176, 60];
const [GAP_ALONG, GAP_ACROSS, LANE] = [28, 24, 20];
const SWEEPS = 8;

/** The longest path to each box, in steps; cycles, which a graph of a network has none of, end where they began. */
export function ranks(count: number, edges: readonly (readonly [number, number])[]): number[] {
  const rank = new Array<number>(count).fill(0);
  for (let round = 0, moved = true; moved && round <= count; round++) {
    moved = false;
    for (const [from, to] of edges) {
      if (rank[to] < rank[from] + 1 && rank[from] + 1 < count + 1) {
        rank[to] = rank[from] + 1;
        moved = true;
      }
    }
  }
  return rank;
}

interface Seat {
  rank: number;
  /** null for a place where an edge passes by. */
  box: number | null;
  before: number[];
  after: number[];
}

/** Boxes in rows by rank; edges that span rows pass between boxes in a lane of their own. */
export function placed({ boxes, edges }: Linked, direction: "down" | "right"): Placed {
  const rank = ranks(boxes.length, edges);
  const seats: Seat[] = boxes.map((_, box) => ({ rank: rank[box], box, before: [], after: [] }));
  const join = (from: number, to: number) => {
    seats[from].after.push(to);
    seats[to].before.push(from);
  };
  const paths = edges.map(([from, to]) => {
    const path = [from];
    for (let at = rank[from] + 1; at < rank[to]; at++) {
      seats.push({ rank: at, box: null, before: [], after: [] });
      join(path[path.length - 1], seats.length - 1);
      path.push(seats.length - 1);
    }
    join(path[path.length - 1], to);
    return [...path, to];
  });
  const rows = arranged(seats);
  const [along, across] = direction === "down" ? [BOX_HEIGHT, BOX_WIDTH] : [BOX_WIDTH, BOX_HEIGHT];
  const middle = settled(seats, rows, across);
  const low = Math.min(...middle.map((at, seat) => at - (seats[seat].box === null ? LANE : across) / 2));
  const high = Math.max(...middle.map((at, seat) => at + (seats[seat].box === null ? LANE : across) / 2));
  const main = (seat: number) => seats[seat].rank * (along + GAP_ALONG) + along / 2;
  const point = (a: number, b: number) => (direction === "down" ? { x: b - low, y: a } : { x: a, y: b - low });
  const length = rows.length * (along + GAP_ALONG) - GAP_ALONG;
  return {
    boxes: boxes.map((_, box) => point(main(box), middle[box])),
    edges: paths.map((path) =>
      path.flatMap((seat, at) => {
        const [first, last] = [at === 0, at === path.length - 1];
        const [start, end] = [main(seat) - along / 2, main(seat) + along / 2];
        return first ? [point(end, middle[seat])] : last ? [point(start, middle[seat])] : [point(start, middle[seat]), point(end, middle[seat])];
      }),
    ),
    width: direction === "down" ? high - low : length,
    height: direction === "down" ? length : high - low,
  };
}

/** Seats of each row, ordered so that edges cross little: by the mean place of neighbours, up and down. */
function arranged(seats: readonly Seat[]): number[][] {
  const rows: number[][] = [];
  seats.forEach(({ rank }, seat) => (rows[rank] ??= []).push(seat));
  const place = new Array<number>(seats.length).fill(0);
  const number = () => rows.forEach((row) => row.forEach((seat, at) => (place[seat] = at)));
  number();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const wanted = new Map(row.map((seat) => [seat, mean((down ? seats[seat].before : seats[seat].after).map((other) => place[other])) ?? place[seat]]));
      row.sort((a, b) => wanted.get(a)! - wanted.get(b)! || place[a] - place[b]);
      row.forEach((seat, at) => (place[seat] = at));
    }
  }
  return rows;
}

/** Places across, near to the neighbours' and without overlap. */
function settled(seats: readonly Seat[], rows: readonly (readonly number[])[], across: number): number[] {
  const middle = new Array<number>(seats.length).fill(0);
  const width = (seat: number) => (seats[seat].box === null ? LANE : across + GAP_ACROSS);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const wanted = row.map((seat) => mean((down ? seats[seat].before : seats[seat].after).map((other) => middle[other])) ?? middle[seat]);
      let free = -Infinity;
      const found = row.map((seat, at) => {
        const here = Math.max(wanted[at], free + width(seat) / 2);
        free = here + width(seat) / 2;
        return here;
      });
      // What was pushed to one side goes back by half, so that a row stays in the middle of what it wants.
      const shift = mean(found.map((here, at) => here - wanted[at])) ?? 0;
      row.forEach((seat, at) => (middle[seat] = found[at] - shift));
    }
  }
  return middle;
}

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

/** A smooth line through an edge's corner points. */
export function edgePath(points: readonly { x: number; y: number }[], direction: "down" | "right"): string {
  let path = `M${points[0].x} ${points[0].y}`;
  for (let at = 1; at < points.length; at++) {
    const [a, b] = [points[at - 1], points[at]];
    const half = direction === "down" ? (a.y + b.y) / 2 : (a.x + b.x) / 2;
    path += direction === "down" ? `C${a.x} ${half} ${b.x} ${half} ${b.x} ${b.y}` : `C${half} ${a.y} ${half} ${b.y} ${b.x} ${b.y}`;
  }
  return path;
}

/** What stands on a box. */
export function boxTitle({ nodes, end, id, module }: Box): string {
  if (end !== null) {
    const word = id.startsWith("in:") ? "input" : "output";
    return end === word ? word : `${word} ${end}`;
  }
  if (module !== "" && nodes.length > 3) {
    return module.replace(/^.*?([^/]*\/)?([^/]+)$/, (_, above: string | undefined, last: string) => (/^\d+$/.test(last) ? `${above ?? ""}${last}` : last));
  }
  return nodes.length > 3 ? `${nodes[0].operator} + ${nodes.length - 1} operators` : nodes.map(({ operator }) => operator).join(" · ");
}

export const parametersOf = ({ nodes }: Box): number => nodes.reduce((sum, { parameterCount }) => sum + parameterCount, 0);

export const layersIn = ({ nodes }: Box): string[] => [...new Set(nodes.flatMap(({ layer }) => (layer === null ? [] : [layer])))];

/** The shape that leaves a box: "128 × 28 × 28"; empty where it is not known. */
export function shapeOf({ nodes, core }: Box): string {
  const shape = nodes[core - 1]?.outputShapes[0];
  return shape == null || shape.length === 0 ? "" : shape.map((axis) => (typeof axis === "number" && axis >= 0 ? String(axis) : "n")).join(" × ");
}
