/**
 * The page on which anybody re-runs a draw: takes files, has the worker compute, shows what agrees and what does not.
 *
 * Template: see `portal/redraw.html`. Nothing is sent anywhere; the worker and the sample come with the page, so that
 * it works without a network once it is open.
 */
import { need, type Island } from "../islands/island.ts";
import { bundleFrom, field, filesFrom, sortFiles } from "./brought.ts";
import { showChecks } from "./check-list.ts";
import { PagedList } from "./paged-list.ts";
import type { Brought, Listed, Reply, Request, Told } from "./protocol.ts";
import { Words } from "./words.ts";

export const drawVerifier: Island = (root) => new Verifier(root).begin();

/** What is said above the lines: everything agrees, something is wrong, nothing to compare with, refused. */
type Summary = "right" | "wrong" | "computed" | "refused";

class Verifier {
  private readonly root: HTMLElement;
  private readonly words: Words;
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  private readonly lists: Readonly<Record<Listed, PagedList>>;
  private readonly form: HTMLFormElement;
  private readonly files: HTMLFormElement;
  private brought: Brought | null = null;

  constructor(root: HTMLElement) {
    this.root = root;
    this.words = new Words(root);
    this.form = need(root, "form[data-bundle]");
    this.files = need(root, "form[data-files]");
    const ask = (list: Listed, from: number): void => this.ask({ kind: "page", list, from });
    const list = (name: Listed): PagedList => new PagedList(need(root, `[data-list=${name}]`), name, this.words, ask);
    this.lists = { selected: list("selected"), reserve: list("reserve") };
  }

  begin(): void {
    this.worker.addEventListener("message", (event: MessageEvent<Reply>) => this.hear(event.data));
    this.worker.addEventListener("error", () => this.refuse("note.broken"));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    field(this.form, "bundle").addEventListener("change", () => void this.take([...(field(this.form, "bundle").files ?? [])]));
    field(this.form, "beforehand").addEventListener("change", () => this.verify(this.brought));
    this.files.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.takeFiles();
    });
    need(this.root, "[data-sample]").addEventListener("click", () => void this.takeSample());
    need(this.root, "[data-save]").addEventListener("click", () => this.ask({ kind: "save" }));
    this.acceptDrops(need(this.root, "[data-drop]"));
    for (const part of document.querySelectorAll<HTMLElement>("[data-without-script]")) part.hidden = true;
    this.root.hidden = false;
  }

  private acceptDrops(zone: HTMLElement): void {
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.dataset["over"] = "yes";
      });
    }
    zone.addEventListener("dragleave", () => delete zone.dataset["over"]);
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      delete zone.dataset["over"];
      void this.take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** One file is a bundle; several are the files of a draw, which go to the fields that their names tell. */
  private async take(files: readonly File[]): Promise<void> {
    const [only, ...more] = files;
    if (only === undefined) return;
    if (more.length === 0) return this.verify(await bundleFrom(only));
    for (const [part, file] of sortFiles(files)) {
      const transfer = new DataTransfer();
      transfer.items.add(file);
      field(this.files, part).files = transfer.files;
    }
    need<HTMLDetailsElement>(this.root, "details[data-four]").open = true;
    if (field(this.files, "randomness").value.trim() === "") field(this.files, "randomness").focus();
    else await this.takeFiles();
  }

  private async takeFiles(): Promise<void> {
    const found = await filesFrom(this.files);
    if (!Array.isArray(found)) return this.verify(found as Brought);
    const missing = found.map((name: string) => this.words.say(`name.${name}`)).join(this.words.say("between"));
    this.refuse("note.missing-files", { missing });
  }

  private async takeSample(): Promise<void> {
    const address = need<HTMLElement>(this.root, "[data-sample]").dataset["sample"] ?? "";
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(response.statusText);
      this.verify({ kind: "bundle", bytes: new Uint8Array(await response.arrayBuffer()), name: address.split("/").pop() ?? "" });
    } catch {
      this.refuse("note.no-sample");
    }
  }

  private verify(brought: Brought | null): void {
    if (brought === null) return;
    this.brought = brought;
    this.show("result", false);
    this.show("progress", true);
    this.ask({ kind: "verify", brought, beforehand: field(this.form, "beforehand").value });
  }

  private ask(request: Request): void {
    this.worker.postMessage(request);
  }

  private hear(reply: Reply): void {
    if (reply.kind === "progress") this.tellProgress(reply);
    else if (reply.kind === "verdict") this.tellVerdict(reply.told);
    else if (reply.kind === "refused") this.refuse(`note.${reply.code}`, reply.values);
    else if (reply.kind === "page") this.lists[reply.list].show(reply.from, reply.lines);
    else this.save(reply.document);
  }

  private tellProgress({ stage, done, total }: Extract<Reply, { kind: "progress" }>): void {
    const bar = need<HTMLProgressElement>(this.root, "[data-region=progress] progress");
    if (total > 1) bar.value = done / total;
    else bar.removeAttribute("value");
    need(this.root, "[data-stage]").textContent = this.words.say(`stage.${stage}`);
    need(this.root, "[data-amount]").textContent = total > 1 ? this.words.say("amount", { done, total }) : "";
  }

  private tellVerdict(told: Told): void {
    const counts = showChecks(need(this.root, "[data-checks]"), told.checks, this.words);
    const summary = counts.differs > 0 ? "wrong" : counts.agrees > 0 ? "right" : "computed";
    this.summarize(summary, { agrees: counts.agrees, differs: counts.differs, follows: counts.follows });
    this.show("simulated", told.isSimulated);
    this.show("unassigned", !told.isAssigned);
    need(this.root, "[data-open]").textContent = told.leftOpen === null ? "" : this.words.told(told.leftOpen);
    this.show("open", told.leftOpen !== null);
    this.show("lines", true);
    this.lists.selected.begin(told.counts.selected);
    this.lists.reserve.begin(told.counts.reserve);
    this.present();
  }

  private refuse(sentence: string, values: Readonly<Record<string, string>> = {}): void {
    this.summarize("refused", {}, this.words.say(sentence, values));
    for (const region of ["simulated", "unassigned", "open", "lines"]) this.show(region, false);
    for (const list of Object.values(this.lists)) list.begin(0);
    this.present();
  }

  private summarize(summary: Summary, values: Readonly<Record<string, number>>, sentence?: string): void {
    const said = this.words.part(`summary-${summary}`);
    const place = need(said, "[data-sentence]");
    place.textContent = sentence ?? this.words.say(`summary.${summary}`, values);
    need(this.root, "[data-summary]").replaceChildren(said);
  }

  /** Shows the result and takes the reader there. */
  private present(): void {
    this.show("progress", false);
    this.show("result", true);
    need<HTMLElement>(this.root, "[data-region=result] h2").focus();
  }

  private show(region: string, isShown: boolean): void {
    need<HTMLElement>(this.root, `[data-region=${region}]`).hidden = !isShown;
  }

  private save(saved: Blob): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(saved);
    link.download = "draw-result.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
