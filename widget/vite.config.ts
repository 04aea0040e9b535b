import { fileURLToPath } from "node:url";
import { NOT_LOADED } from "@fiscalise/shared/words/not-loaded.ts";
import { defineConfig, type Plugin } from "vite";

const PRELOAD = "\0vite/preload-helper.js";

/** Vite's preloader (1 KB) fetches the styles and imports of a lazy file beforehand; ours have none. */
const withoutPreloader: Plugin = {
  name: "without-preloader",
  enforce: "pre",
  apply: "build",
  load: (id) => (id === PRELOAD ? "export const __vitePreload = (load) => load();" : null),
};

/** What a page says while none of its scripts or words is there has to be in the page. */
const notLoaded: Plugin = {
  name: "not-loaded",
  transformIndexHtml: (html) =>
    html.replace(/(<div id="not-loaded">)/, (place) => {
      const said = Object.entries(NOT_LOADED).map(
        ([language, { sentence, action }]) =>
          `<p lang="${language}">${sentence} <a href="">${action}</a></p>`,
      );
      return place + said.join("");
    }),
};

const page = (name: string) => fileURLToPath(new URL(`${name}.html`, import.meta.url));

export default defineConfig({
  base: "./",
  plugins: [withoutPreloader, notLoaded],
  // The contracts are written in zod/mini; its run time alone would take half the budget of 15 KB.
  resolve: { alias: { "zod/mini": fileURLToPath(new URL("src/zod-mini.ts", import.meta.url)) } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: "dist",
    sourcemap: false,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: page("widget"),
      treeshake: { manualPureFunctions: ["string", "strictObject"] },
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
  // Built apart: shared chunks would cost the sidebar more requests and 1 KB of its budget for a page hardly ever opened beside it.
  builder: {},
  environments: {
    client: { build: { emptyOutDir: true } },
    creditnote: {
      consumer: "client",
      build: {
        emptyOutDir: false,
        rolldownOptions: { input: page("creditnote") },
      },
    },
    estimate: {
      consumer: "client",
      build: {
        emptyOutDir: false,
        rolldownOptions: { input: page("estimate") },
      },
    },
    settings: {
      consumer: "client",
      build: {
        emptyOutDir: false,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: page("settings") },
      },
    },
  },
});
