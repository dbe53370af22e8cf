/** Small multiples as one picture, for the overview and the comparison. */
import { type Picture, RASTER_FROM, rasterized, svgLegend, svgPoints } from "../../draw/exports";
import { escaped } from "../../draw/sheet";
import { sharedPictures } from "../../parts/stills";
import { measured } from "../../parts/words";
import { saveSheet } from "../weights/saving";

/** Size of one picture, room above it for its title, between two of them, and how many stand side by side. */
const CELL = { width: 380, height: 300 };
const [CAPTION, GAP, ACROSS] = [24, 16, 3];
const LEGEND = 30;

/** Refuses with a sentence where no picture is drawn yet. */
export async function saveMultiples(kind: "svg" | "png", title: string, name: string): Promise<void> {
  const pictures = sharedPictures().map((picture): Picture => ({ ...picture, size: CELL }));
  if (pictures.length === 0) {
    throw new Error("No picture is drawn here yet, so there is nothing to save; compute one first.");
  }
  const heavy = pictures.reduce((sum, { marks }) => sum + marks.labels.length, 0) >= RASTER_FROM;
  const across = Math.min(ACROSS, pictures.length);
  const cells = pictures.map((picture, at) => {
    const [x, y] = [(at % across) * (CELL.width + GAP), Math.floor(at / across) * (CELL.height + CAPTION + GAP)];
    const points = svgPoints(heavy ? { ...picture, raster: rasterized(picture) } : picture);
    return `<g class="multiple" transform="translate(${x} ${y})"><text y="16" font-weight="600">${escaped(picture.title)}<tspan font-weight="400" fill-opacity=".75">${rangeOf(picture)}</tspan></text><rect y="${CAPTION}" width="${CELL.width}" height="${CELL.height}" fill="none" stroke="currentColor" stroke-opacity=".25"/><svg y="${CAPTION}" width="${CELL.width}" height="${CELL.height}">${points.join("")}</svg></g>`;
  });
  const width = across * (CELL.width + GAP) - GAP;
  await saveSheet(kind, name, {
    title, theme: pictures[0].marks.theme, width, height: Math.ceil(cells.length / across) * (CELL.height + CAPTION + GAP), body: cells.join("\n"),
    legend: svgLegend({ ...pictures[0], size: { width, height: CELL.height } }, 0), legendHeight: LEGEND,
    provenance: [...new Set(pictures.flatMap(({ provenance }) => provenance))],
  });
}

/** Where colour means numbers they may run over another range in each picture. */
const rangeOf = ({ scaleTitle, marks: { scale } }: Picture): string => (scaleTitle === null || scale == null ? "" : ` ${measured(scale.low)} to ${measured(scale.high)}`);
