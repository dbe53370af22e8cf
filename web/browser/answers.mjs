/** What the made-up servers share: how they answer, and numbers that are the same for the same seed. */
const TYPES = new Map([[Float32Array, "float32"], [Uint16Array, "uint16"], [Int32Array, "int32"], [Uint8Array, "uint8"]]);

export const parameter = (name, kind, value, min, max, more = {}) => ({ name, kind, default: value, min, max, text: `What ${name} does.`, ...more });

/** The same numbers for the same seed. */
export function random(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

export const column = (answer, values, shape) => {
  const type = TYPES.get(values.constructor);
  answer.writeHead(200, { "Content-Type": "application/octet-stream", "Inscape-Type": type, "Inscape-Shape": shape.join(",") });
  answer.end(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
};
export const json = (answer, body, status = 200) => {
  answer.writeHead(status, { "Content-Type": "application/json" });
  answer.end(JSON.stringify(body));
};
export const missing = (answer) => json(answer, { error: { message: "no such thing here" } }, 404);

/** Opens a server at any port of this machine. It does not keep a test's process, so that one that fails ends. */
export async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
}
