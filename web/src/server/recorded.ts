/**
 * Answers that were recorded into the page itself: a read-only copy of chosen views that needs no server. They lie in the element
 * `inscape-recorded` as JSON: by address the content type, the column's type and shape, and the body as base64 of its gzip.
 */
interface Answer {
  type: string;
  column?: string;
  shape?: string;
  body: string;
}

export interface Recording {
  /** The views that were chosen, by name. */
  views: string[];
  answers: Record<string, Answer>;
}

let recording: Recording | null | undefined;
const unpacked = new Map<string, Promise<ArrayBuffer>>();

/** What was recorded into the page; null for a page with a server. */
export function recordedHere(): Recording | null {
  if (recording === undefined) {
    const text = typeof document === "undefined" ? null : document.getElementById("inscape-recorded")?.textContent;
    recording = text == null || text === "" ? null : (JSON.parse(text) as Recording);
  }
  return recording;
}

/** Whether this page is a read-only copy without a server. */
export const isStatic = (): boolean => recordedHere() !== null;

/** Whether a view can be looked at: all where there is a server, the chosen ones in a copy. */
export const isHere = (view: string): boolean => recordedHere()?.views.includes(view) ?? true;

const NOT_HERE = "This is a read-only copy of chosen views: this was not taken along, and nothing is computed here.";

/** The recorded answer, as the server would have given it. */
export async function recorded(path: string, init?: RequestInit): Promise<Response> {
  const answer = (init?.method ?? "GET") === "GET" ? recordedHere()?.answers[path] : undefined;
  if (answer === undefined) {
    const status = init?.method === undefined ? 404 : 403;
    return (await block(path)) ?? new Response(JSON.stringify({ error: { message: NOT_HERE } }), { status });
  }
  return new Response((await body(path, answer)).slice(0), { headers: headers(answer, answer.shape) });
}

function headers({ type, column }: Answer, shape: string | undefined): Record<string, string> {
  return column === undefined || shape === undefined ? { "Content-Type": type } : { "Content-Type": type, "Inscape-Type": column, "Inscape-Shape": shape };
}

/** Unpacked once: images are asked for block by block. */
function body(path: string, answer: Answer): Promise<ArrayBuffer> {
  const known = unpacked.get(path);
  if (known !== undefined) {
    return known;
  }
  const packed = Uint8Array.from(atob(answer.body), (letter) => letter.charCodeAt(0));
  const bytes = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  unpacked.set(path, bytes);
  return bytes;
}

/** Some of the images or of the texts, which are recorded whole. */
async function block(path: string): Promise<Response | null> {
  const texts = /^observations\/texts\?from=(\d+)&to=(\d+)$/.exec(path);
  const lines = recordedHere()?.answers["observations/texts"];
  if (texts !== null && lines !== undefined) {
    const all = JSON.parse(new TextDecoder().decode(await body("observations/texts", lines))) as { texts: string[] };
    return new Response(JSON.stringify({ texts: all.texts.slice(Number(texts[1]), Number(texts[2])) }), { headers: headers(lines, undefined) });
  }
  const asked = /^observations\/images\?from=(\d+)&to=(\d+)$/.exec(path);
  const whole = recordedHere()?.answers["observations/images"];
  if (asked === null || whole?.shape === undefined) {
    return null;
  }
  const [from, to] = [Number(asked[1]), Number(asked[2])];
  const [, ...axes] = whole.shape.split(",").map(Number);
  const size = axes.reduce((product, axis) => product * axis, 1);
  const all = await body("observations/images", whole);
  return new Response(all.slice(from * size, to * size), { headers: headers(whole, [to - from, ...axes].join(",")) });
}
