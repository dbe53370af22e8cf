import { afterEach, describe, expect, it, vi } from "vitest";
import { client, ConnectionError, ServerError } from "../src/server/client";
import { floats, parseColumn } from "../src/server/columns";

afterEach(() => vi.unstubAllGlobals());

const answer = (status: number, body: BodyInit | null, headers: Record<string, string> = {}) =>
  vi.stubGlobal("fetch", async () => new Response(body, { status, headers }));

describe("raw columns", () => {
  const bytes = new Uint8Array([0, 0, 128, 63, 0, 0, 0, 192]).buffer;

  it("are little-endian", () => {
    expect(parseColumn(bytes, "float32", "1,2")).toEqual({ shape: [1, 2], values: Float32Array.from([1, -2]) });
    expect([...parseColumn(new Uint8Array([1, 2, 255, 255]).buffer, "uint16", "2").values]).toEqual([513, 65535]);
    expect([...parseColumn(new Uint8Array([255, 255, 255, 255]).buffer, "int32", "1").values]).toEqual([-1]);
  });

  it("say what is wrong with them", () => {
    expect(() => parseColumn(bytes, "float32", "3")).toThrow("a float32 column of shape 3 has 12 bytes, got 8; was the answer cut short?");
    expect(() => parseColumn(bytes, "complex64", "1")).toThrow("must be one of float32, uint16, uint8, int32, got complex64");
    expect(() => parseColumn(bytes, null, "1")).toThrow("got none");
    expect(() => parseColumn(bytes, "float32", null)).toThrow("shape must be whole numbers");
    expect(() => parseColumn(bytes, "float32", "2,-1")).toThrow("got 2,-1");
    expect(() => floats(parseColumn(bytes, "uint8", "8"))).toThrow("expected a float32 column");
  });

  it("arrive through the client; no content is no column yet", async () => {
    answer(200, bytes, { "Inscape-Type": "float32", "Inscape-Shape": "1,2" });
    expect((await client.jobLayout("1"))?.values).toEqual(Float32Array.from([1, -2]));
    answer(204, null);
    expect(await client.jobLayout("1")).toBeNull();
  });
});

describe("parameters", () => {
  it("come in groups and are known by dotted names", async () => {
    answer(200, JSON.stringify([{ digest: "d", parameters: { perplexity: 30, schedule: { iterations: 5, start: { momentum: 0.5 } } } }]));
    const [summary] = await client.projections();
    expect(summary.parameters).toEqual({ perplexity: 30, "schedule.iterations": 5, "schedule.start.momentum": 0.5 });
  });
});

describe("errors", () => {
  it("carry the server's sentence", async () => {
    answer(400, JSON.stringify({ error: { message: "perplexity must be at least 2, got 1" } }));
    const failure = await client.study().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServerError);
    expect((failure as ServerError).message).toBe("perplexity must be at least 2, got 1");
    expect((failure as ServerError).status).toBe(400);
  });

  it("have a sentence even when the server gave none", async () => {
    answer(502, "<html>");
    await expect(client.study()).rejects.toThrow("The server answered with status 502 and gave no reason.");
  });

  it("tell a silent server from a refusing one", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("failed to fetch");
    });
    await expect(client.study()).rejects.toBeInstanceOf(ConnectionError);
  });

  it("escape names in addresses", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (path: string) => {
      asked.push(path);
      return new Response("{}");
    });
    await client.result("../study").catch(() => undefined);
    expect(asked).toEqual(["api/results/..%2Fstudy"]);
  });
});
