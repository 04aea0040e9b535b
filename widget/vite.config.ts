import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const PRELOAD = "\0vite/preload-helper.js";

/** Vite's preloader (1 KB) fetches the styles and imports of a lazy file beforehand; ours have none. */
const withoutPreloader: Plugin = {
  name: "without-preloader",
  enforce: "pre",
  apply: "build",
  load: (id) => (id === PRELOAD ? "export const __vitePreload = (load) => load();" : null),
};

export default defineConfig({
  base: "./",
  plugins: [withoutPreloader],
  // The contracts are written in zod/mini; its run time alone would take half the budget of 15 KB.
  resolve: { alias: { "zod/mini": fileURLToPath(new URL("src/zod-mini.ts", import.meta.url)) } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: fileURLToPath(new URL("widget.html", import.meta.url)),
      output: {
        entryFileNames: "[name].[hash].js",
        chunkFileNames: "[name].[hash].js",
        assetFileNames: "[name].[hash][extname]",
        hashCharacters: "hex",
      },
      onLog(level, log, report) {
        // A contract using a construct src/zod-mini.ts lacks must not become `undefined` in the bundle.
        report(log.code === "IMPORT_IS_UNDEFINED" ? "error" : level, log);
      },
    },
  },
});
