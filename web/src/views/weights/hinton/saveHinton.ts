import { cellSize, HINTON_GROUND, hintonSvg } from "../../../draw/hinton";
import type { Theme } from "../../../draw/palette";
import type { Situation } from "../../../parts/app";
import { measured } from "../../../parts/words";
import { saveSheet, weightsProvenance } from "../saving";
import type { Standing } from "../standing";
import type { Shown } from "./HintonCanvas";

const [WIDTH, HEIGHT] = [760, 600];

export interface HintonToSave {
  situation: Situation;
  standing: Standing;
  shown: Shown;
  title: string;
  theme: Theme;
  /** What squares, scale and order mean. */
  words: readonly string[];
}

/** The diagram with its legend and where it comes from. */
export async function saveHinton(kind: "svg" | "png", { situation, standing, shown, title, theme, words }: HintonToSave): Promise<void> {
  const { cells, scale, seen, window } = shown;
  const cell = cellSize(cells, WIDTH, HEIGHT);
  const key = (x: number, share: number, color: string, name: string) => {
    const side = 14 * Math.sqrt(share);
    return `<rect x="${x}" y="9" width="14" height="14" fill="${HINTON_GROUND}"/><rect x="${x + 7 - side / 2}" y="${16 - side / 2}" width="${side}" height="${side}" fill="${color}"/><text x="${x + 20}" y="20">${name}</text>`;
  };
  const run = situation.run!;
  await saveSheet(kind, `inscape-hinton-${run.name}-${shown.layer}-epoch-${seen.epoch}`, {
    title, theme, width: cells.cols * cell, height: cells.rows * cell, body: hintonSvg(cells, scale, cell),
    legend: key(0, 1, "#fff", `+${measured(scale)}`) + key(110, 0.25, "#fff", `+${measured(scale / 4)}`) + key(220, 0.25, "#000", `−${measured(scale / 4)}`) + key(330, 1, "#000", `−${measured(scale)}`),
    legendHeight: 32,
    provenance: weightsProvenance(situation, { ...standing, chosen: [run] }, [`tensor ${seen.tensor} at epoch ${seen.epoch}, rows ${window[0]} to ${window[1] - 1}, columns ${window[2]} to ${window[3] - 1}`, ...words]),
  });
}
