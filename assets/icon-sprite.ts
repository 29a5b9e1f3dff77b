/** A Vite plugin that joins the icons named in a list into one SVG sprite. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import type { Plugin } from "vite";

interface SpriteOptions {
  /** A text file with one icon name a line; `#` begins a comment. */
  readonly list: string;
  /** The name of the sprite beside the other built files; not hashed, Django's storage does that. */
  readonly fileName: string;
}

const iconFolder = join(dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")), "icons");

/** The icon names of a list file, without comments and blank lines. */
export function iconNames(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((name) => name !== "");
}

/** One icon as a `<symbol>`; throws with the icon's name when the package has no such file. */
export function iconSymbol(name: string): string {
  let svg: string;
  try {
    svg = readFileSync(join(iconFolder, `${name}.svg`), "utf8");
  } catch {
    throw new Error(`icons.txt names "${name}", which lucide-static does not have`);
  }
  const shapes = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1] ?? "";
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
}

export function iconSprite({ list, fileName }: SpriteOptions): Plugin {
  return {
    name: "zhicheng-icon-sprite",
    buildStart() {
      this.addWatchFile(list);
    },
    generateBundle() {
      const symbols = iconNames(readFileSync(list, "utf8")).map(iconSymbol);
      const source = `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide icons, ISC licence -->${symbols.join("")}</svg>\n`;
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}
