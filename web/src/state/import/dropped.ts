/** Telling apart what a person drops: which files are the model, which the data, and which are neither. */

export interface Dropped<F = Blob> {
  /** Relative, with the names of the folders that it was dropped with. */
  path: string;
  file: F;
  bytes: number;
}

export interface Sorted<F = Blob> {
  model: Dropped<F>[];
  data: Dropped<F>[];
  /** Files that nothing here reads, such as a README. */
  leftOut: Dropped<F>[];
}

/** What file systems and archives leave behind; never meant. */
const LITTER = /(^|\/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini|__pycache__)(\/|$)/i;
const MODEL = /\.(onnx|onnx[._]data|ort)$/i;
/** Weights that an ONNX file keeps beside itself; alone they are data, as CIFAR-10's batches are. */
const BESIDE = /\.(bin|data|weights?|bias)$/i;
const BATCH = /(^|\/)((data|test|train|val)_?(batch)?(_\d+)?)\.bin$/i;
const DATA = /\.(png|jpe?g|bmp|gif|csv|tsv|parquet|npy|npz|h5|hdf5|mat|bin|txt|safetensors|idx[1-4]?)$|-ubyte(\.gz)?$|[.-]idx[1-4](-ubyte)?(\.gz)?$/i;
const TOKENIZER = /(^|\/)tokenizer\.json$/i;
/** Texts that come with models and data and are neither. */
const PAPERS = /(^|\/)(readme|license|licence|notice|changelog|requirements|citation)[^/]*\.txt$/i;

export const isTokenizer = (path: string): boolean => TOKENIZER.test(path);

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Sorts what was dropped where anything may be dropped. */
export function sortDropped<F>(files: readonly Dropped<F>[]): Sorted<F> {
  const wanted = files.filter(({ path }) => !LITTER.test(path));
  const withModel = new Set(wanted.filter(({ path }) => /\.onnx$/i.test(path)).map(({ path }) => folderOf(path)));
  const sorted: Sorted<F> = { model: [], data: [], leftOut: [] };
  for (const one of wanted) {
    sorted[roomOf(one.path, withModel)].push(one);
  }
  return sorted;
}

function roomOf(path: string, withModel: ReadonlySet<string>): keyof Sorted {
  const beside = withModel.has(folderOf(path));
  if (MODEL.test(path) || (beside && BESIDE.test(path) && !BATCH.test(path))) {
    return "model";
  }
  if (isTokenizer(path) || (DATA.test(path) && !PAPERS.test(path))) {
    return "data";
  }
  // PyTorch writes large weights as files named after them, "onnx__MatMul_12" or "encoder.layer.0".
  return beside && /(^|\/)[^./]*[_\d][^./]*$|\.\d+$/.test(path) ? "model" : "leftOut";
}

/** Drops what is never meant; for a place that says by itself what its files are. */
export const withoutLitter = <F>(files: readonly Dropped<F>[]): Dropped<F>[] => files.filter(({ path }) => !LITTER.test(path));

/** The folder that all files lie in, or the file itself where there is only one that is not an image. */
export function placeOf(paths: readonly string[]): string {
  const meant = paths.some((path) => !isTokenizer(path)) ? paths.filter((path) => !isTokenizer(path)) : paths;
  if (meant.length === 1 && !/\.(png|jpe?g|bmp|gif)$/i.test(meant[0])) {
    return meant[0];
  }
  let common = meant.length === 0 ? [] : folderOf(meant[0]).split("/");
  for (const path of meant) {
    const folders = folderOf(path).split("/");
    const same = common.findIndex((name, at) => name !== folders[at]);
    common = same < 0 ? common : common.slice(0, same);
  }
  return common.join("/");
}

/** Later files of the same name replace earlier ones. */
export function joined<F>(known: readonly Dropped<F>[], more: readonly Dropped<F>[]): Dropped<F>[] {
  const all = new Map(known.map((one) => [one.path, one]));
  more.forEach((one) => all.set(one.path, one));
  return [...all.values()];
}

/** What a browser gives for a dropped file or folder. */
export interface Entry {
  isFile: boolean;
  isDirectory: boolean;
  fullPath: string;
  file?(found: (file: File) => void, failed: (error: unknown) => void): void;
  createReader?(): { readEntries(found: (entries: Entry[]) => void, failed: (error: unknown) => void): void };
}

/** All files in dropped folders, however deep; `seen` tells how many there are so far. */
export async function walk(entries: readonly Entry[], seen: (count: number) => void = () => {}): Promise<Dropped[]> {
  const found: Dropped[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    if (LITTER.test(entry.fullPath)) {
      continue;
    }
    if (entry.isDirectory) {
      waiting.push(...(await children(entry)));
    } else {
      const file = await new Promise<File>((resolve, reject) => entry.file!(resolve, reject));
      found.push({ path: entry.fullPath.replace(/^\/+/, ""), file, bytes: file.size });
      if (found.length % 200 === 0) {
        seen(found.length);
      }
    }
  }
  return found;
}

/** A reader gives at most a hundred at a time, and says that it is done by giving none. */
async function children(folder: Entry): Promise<Entry[]> {
  const reader = folder.createReader!();
  const all: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return all;
    }
    all.push(...some);
  }
}

/** What a file field gives; a folder's files carry their paths in it. */
export const fromField = (files: ArrayLike<File>): Dropped[] =>
  Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file, bytes: file.size }));
