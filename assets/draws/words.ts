/**
 * The sentences of the page. The template holds each once, translated, in `<template data-words>`: an element with
 * `data-word="NAME"` whose text has `{placeholders}`; where spaces at its ends count, it stands in `data-exact`.
 */
import type { Note } from "./notes.ts";

export class Words {
  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
  }

  /** The sentence with this name; the name itself where the template lacks it. */
  say(name: string, values: Readonly<Record<string, string | number>> = {}): string {
    const sentence = this.find(name) ?? name;
    return sentence.replace(/\{(\w+)\}/g, (whole, key: string) => this.value(key, values[key]) ?? whole);
  }

  /** What a note or a refusal says. */
  told({ code, values }: Note): string {
    return this.say(`note.${code}`, values);
  }

  /** A copy of the element that the template keeps under a name. */
  part(name: string): HTMLElement {
    for (const template of this.root.querySelectorAll<HTMLTemplateElement>("template")) {
      const found = template.content.querySelector(`[data-part="${name}"]`);
      if (found !== null) return document.importNode(found, true) as HTMLElement;
    }
    throw new Error(`draws: the template has no part "${name}"`);
  }

  private find(name: string): string | undefined {
    for (const template of this.root.querySelectorAll<HTMLTemplateElement>("template")) {
      const found = template.content.querySelector<HTMLElement>(`[data-word="${name}"]`);
      if (found !== null) return found.dataset["exact"] ?? (found.textContent ?? "").trim();
    }
    return undefined;
  }

  /** Names of files and tables are words too, numbers are grouped as people write them. */
  private value(key: string, value: string | number | undefined): string | undefined {
    if (typeof value === "number") return value.toLocaleString(document.documentElement.lang || undefined);
    if (value !== undefined && (key === "file" || key === "table")) return this.find(`name.${value}`) ?? value;
    return value;
  }
}
