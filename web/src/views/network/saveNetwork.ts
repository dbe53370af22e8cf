import { BOX_HEIGHT, BOX_WIDTH, boxTitle, edgePath, type GraphReport, layersIn, type Linked, parametersOf, placed, shapeOf } from "../../draw/graph";
import type { Theme } from "../../draw/palette";
import { escaped } from "../../draw/sheet";
import type { Situation } from "../../parts/app";
import { provenance } from "../../parts/saving";
import { whole } from "../../parts/words";
import { saveSheet } from "../weights/saving";

interface NetworkToSave {
  situation: Situation;
  graph: GraphReport;
  drawn: Linked;
  direction: "down" | "right";
  title: string;
  theme: Theme;
}

/** The whole diagram, however little of it is on the screen. */
export async function saveNetwork(kind: "svg" | "png", { situation, graph, drawn, direction, title, theme }: NetworkToSave): Promise<void> {
  const places = placed(drawn, direction);
  const links = places.edges.map((points) => `<path d="${edgePath(points, direction)}" fill="none" stroke="currentColor" stroke-opacity=".45"/>`);
  const boxes = drawn.boxes.map((box, at) => {
    const { x, y } = places.boxes[at];
    const count = parametersOf(box);
    const lines = [boxTitle(box), [layersIn(box).at(-1) ?? "", shapeOf(box)].filter((part) => part !== "").join(" · "), count > 0 ? `${whole(count)} parameters` : ""];
    const words = lines.map((line, row) => `<text x="${x}" y="${y - BOX_HEIGHT / 2 + 19 + 14.5 * row}" text-anchor="middle"${row === 0 ? ' font-weight="600"' : ""}>${escaped(line)}</text>`);
    return `<rect x="${x - BOX_WIDTH / 2}" y="${y - BOX_HEIGHT / 2}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="${box.end === null ? 7 : BOX_HEIGHT / 2}" fill="${theme === "dark" ? "#1c222b" : "#ffffff"}" stroke="currentColor" stroke-opacity=".5"/>${words.join("")}`;
  });
  await saveSheet(kind, `network-${situation.run?.name ?? ""}`, {
    title, theme, width: places.width, height: places.height + 16, body: `<g transform="translate(0 8)">${links.join("")}${boxes.join("")}</g>`, legend: "", legendHeight: 0,
    provenance: [...provenance({ ...situation, predictions: null }, null), `${graph.nodes.length} operators, ${whole(graph.parameterCount)} learned parameters, ONNX operator set ${graph.opset}; Inscape ${situation.study.version}`],
  });
}
