/** Telling a folder of activations by its names, as docs/formats.md has it: run/epoch/layer.npy, or run/epoch.npz. */
import { type Dropped, folderOf, withoutLitter } from "./dropped";

const ARRAY = /\.(npy|npz|safetensors|h5|hdf5)$/i;
/** What lies in the folder itself, and tells of the observations. */
const OF_ALL = /(^|\/)((labels|images|vectors)\.npy|classes\.txt)$/i;
/** What lies in the folder of a run. */
const OF_A_RUN = /(^|\/)(metrics\.csv|layers\.txt)$/i;
/** A name that surely is an epoch's. The server takes any number; what is dropped anywhere may be other data. */
const EPOCH = /(^|[^a-z])(epoch|ep|e|step)[-_= ]?\d|^\d+$/i;
/** Folders of a data set's parts, which are no runs. */
const PART = /^(train|training|test|testing|val|valid|validation)$/i;

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const stemOf = (path: string): string => nameOf(path).replace(ARRAY, "");

/** The folder that holds the runs, by one of its arrays; null where the names do not tell. */
function rootBy(path: string): string | null {
  const folder = folderOf(path);
  if (!ARRAY.test(path) || folder === "") {
    return null;
  }
  if (EPOCH.test(nameOf(folder))) {
    const run = folderOf(folder);
    return run === "" || PART.test(nameOf(run)) ? null : folderOf(run);
  }
  return !/\.npy$/i.test(path) && EPOCH.test(stemOf(path)) && !PART.test(nameOf(folder)) ? folderOf(folder) : null;
}

/** Whether files that were dropped together are activations. */
export const areActivations = (paths: readonly string[]): boolean => !paths.some((path) => /\.onnx$/i.test(path)) && paths.some((path) => rootBy(path) !== null);

const shallowest = (folders: readonly string[]): string => folders.reduce((best, one) => (one.split("/").length < best.split("/").length || one === "" ? one : best));

/** The folder with the runs in it; empty where that is not among the names, as when the folder of one run was dropped. */
export function activationsRoot(paths: readonly string[]): string {
  const ofAll = paths.filter((path) => OF_ALL.test(path)).map(folderOf);
  const ofRuns = paths.filter((path) => OF_A_RUN.test(path)).map((path) => folderOf(folderOf(path)));
  const byArrays = paths.map(rootBy).filter((root) => root !== null);
  const told = [ofAll, ofRuns, byArrays].find((folders) => folders.length > 0);
  return told === undefined ? "" : shallowest(told);
}

/** What of a folder is sent: arrays, and what tells of them. */
export function sortActivations<F>(files: readonly Dropped<F>[]): { wanted: Dropped<F>[]; leftOut: Dropped<F>[] } {
  const meant = withoutLitter(files);
  const reads = ({ path }: Dropped<F>) => ARRAY.test(path) || OF_ALL.test(path) || OF_A_RUN.test(path);
  return { wanted: meant.filter(reads), leftOut: meant.filter((one) => !reads(one)) };
}
