import react from "@vitejs/plugin-react";
import type { BuildOptions } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds a running Inscape server. */
const server = process.env.INSCAPE_URL ?? "http://127.0.0.1:7070";

/** The page as one script and one style, for copies that need no server. */
const alone: BuildOptions = {
  outDir: "dist/static",
  cssCodeSplit: false,
  copyPublicDir: false,
  modulePreload: false,
  rolldownOptions: { input: "src/main.tsx", output: { codeSplitting: false, entryFileNames: "page.js", assetFileNames: "page[extname]" } },
};

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [react()],
  build: { target: "es2022", chunkSizeWarningLimit: 2500, sourcemap: false, ...(mode === "static" ? alone : {}) },
  server: { proxy: { "/api": server } },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
}));
