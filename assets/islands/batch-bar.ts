/**
 * Ticking rows of a list: a box in the head ticks all, and the bar below says how many are ticked.
 *
 * Template: `<form data-island="batch-bar" data-text-count="{count} chosen">` around a table with
 * `<input type="checkbox" data-all>` in the head, `<input type="checkbox" name="chosen" value="…">` in the rows and a
 * `<div class="zc-batch"><span data-count></span> …buttons…</div>`. Without script the bar is simply always there.
 */
import { need, text, type Island } from "./island.ts";

export const batchBar: Island = (root) => {
  const all = need<HTMLInputElement>(root, "input[data-all]");
  const bar = need<HTMLElement>(root, ".zc-batch");
  const count = need<HTMLElement>(bar, "[data-count]");
  const boxes = [...root.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]")];
  all.hidden = false;

  const show = (): void => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    bar.hidden = ticked === 0;
    count.textContent = text(root, "count", { count: String(ticked) });
  };
  root.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    show();
  });
  show();
};
