import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds a running Inscape server. */
const server = process.env.INSCAPE_URL ?? "http://127.0.0.1:7070";

export default defineConfig({
  base: "./",
  plugins: [react()],
  build: { target: "es2022", chunkSizeWarningLimit: 1500, sourcemap: false },
  server: { proxy: { "/api": server } },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
