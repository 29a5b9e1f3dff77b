/**
 * Asks once more before a step that cannot be undone.
 *
 * Template: a `<form data-island="confirm" data-text-question="…" data-text-yes="…" data-text-no="…">`, or a single
 * submit button with these attributes. Without script the form is simply sent: the server decides anyway.
 */
import { text, type Island } from "./island.ts";

function dialogFor(root: HTMLElement): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  const form = document.createElement("form");
  const question = document.createElement("p");
  const buttons = document.createElement("div");
  dialog.className = "zc-dialog";
  form.method = "dialog";
  question.id = `question-${crypto.randomUUID()}`;
  question.textContent = text(root, "question");
  dialog.setAttribute("aria-labelledby", question.id);
  buttons.className = "zc-form-actions";
  buttons.append(answer("no", text(root, "no"), "btn btn-quiet"), answer("yes", text(root, "yes"), "btn btn-danger"));
  form.append(question, buttons);
  dialog.append(form);
  return dialog;
}

function answer(value: string, label: string, className: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.value = value;
  button.textContent = label;
  button.className = className;
  return button;
}

export const confirm: Island = (root) => {
  const form = root.closest("form");
  if (form === null) return;
  let agreed = false;
  form.addEventListener("submit", (event) => {
    const submitter = (event as SubmitEvent).submitter;
    if (agreed || (root !== form && submitter !== root)) return;
    // A button that only fills the form in ends nothing.
    if (submitter instanceof HTMLButtonElement && submitter.formNoValidate) return;
    event.preventDefault();
    const dialog = dialogFor(root);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "yes") return;
      agreed = true;
      form.requestSubmit(submitter instanceof HTMLButtonElement ? submitter : null);
      agreed = false;
    });
    dialog.showModal();
  });
};
