/** Three entries, one manifest, one icon sprite; everything served from the house's own static files. */
import { defineConfig } from "vite";

import { iconSprite } from "./assets/icon-sprite.ts";

/** Bootstrap 5.3 is written for Sass `@import`; Sass announces the end of what it uses, we cannot mend it. */
const BOOTSTRAP_DEPRECATIONS = ["import", "global-builtin", "color-functions", "if-function"] as const;

export default defineConfig({
  base: "/static/ui/dist/",
  publicDir: false,
  plugins: [iconSprite({ list: "assets/icons.txt", fileName: "icons.svg" })],
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: ["node_modules"],
        quietDeps: true,
        silenceDeprecations: [...BOOTSTRAP_DEPRECATIONS],
      },
    },
  },
  build: {
    outDir: "src/zhicheng/ground/ui/static/ui/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0, // the content security policy allows no data: addresses
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["assets/portal.ts", "assets/desk.ts", "assets/draws.ts"],
      // htmx keeps an eval that it never reaches: desk.ts forbids it, and so does the content security policy
      checks: { eval: false, pluginTimings: false },
    },
  },
});
