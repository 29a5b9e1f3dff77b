/**
 * A file input that previews the chosen photographs, makes large ones smaller before they are sent,
 * and lets each be taken out again.
 *
 * Template: `data-island="photo-input" data-text-remove="Remove {name}" data-text-summary="{count} photos, {size}"`
 * around one `<input type="file" accept="image/*" multiple>`. Previews are drawn on canvases, so no blob: address
 * is needed. A file the browser cannot read is left as it is for the server to judge.
 */
import { icon, need, text, type Island } from "./island.ts";

/** The longer edge after shrinking, in pixels: enough to read a crack against a ruler. */
export const LONGEST_EDGE_PX = 2048;
const PREVIEW_EDGE_PX = 320;
const JPEG_QUALITY = 0.85;

/** Width and height that fit `longest`, in whole pixels; never larger than the original. */
export function fittedSize(width: number, height: number, longest: number): [width: number, height: number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** A size for people: 830 KB, 2.4 MB. */
export function readableSize(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function drawn(bitmap: ImageBitmap, longest: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fittedSize(bitmap.width, bitmap.height, longest);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function shrunk(file: File, bitmap: ImageBitmap): Promise<File> {
  if (Math.max(bitmap.width, bitmap.height) <= LONGEST_EDGE_PX) return file;
  const canvas = drawn(bitmap, LONGEST_EDGE_PX);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
  if (blob === null || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}

interface Photo {
  readonly file: File;
  readonly preview: HTMLCanvasElement | null;
}

async function read(file: File): Promise<Photo> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const photo = { file: await shrunk(file, bitmap), preview: drawn(bitmap, PREVIEW_EDGE_PX) };
    bitmap.close();
    return photo;
  } catch {
    return { file, preview: null };
  }
}

export const photoInput: Island = (root) => {
  const input = need<HTMLInputElement>(root, "input[type=file]");
  const list = document.createElement("ul");
  const summary = document.createElement("p");
  list.className = "zc-photos";
  summary.className = "zc-muted zc-small";
  summary.setAttribute("role", "status");
  root.append(list, summary);
  let photos: Photo[] = [];

  const show = (): void => {
    const transfer = new DataTransfer();
    for (const photo of photos) transfer.items.add(photo.file);
    input.files = transfer.files;
    list.replaceChildren(...photos.map((photo) => item(root, photo, () => remove(photo))));
    const size = readableSize(photos.reduce((sum, photo) => sum + photo.file.size, 0));
    summary.textContent = photos.length > 0 ? text(root, "summary", { count: String(photos.length), size }) : "";
  };
  const remove = (photo: Photo): void => {
    photos = photos.filter((other) => other !== photo);
    show();
    input.focus();
  };
  input.addEventListener("change", async () => {
    const submit = input.form?.querySelectorAll<HTMLButtonElement>("button[type=submit], button:not([type])") ?? [];
    for (const button of submit) button.disabled = true;
    const fresh = await Promise.all([...(input.files ?? [])].map(read));
    photos = input.multiple ? [...photos, ...fresh] : fresh;
    show();
    for (const button of submit) button.disabled = false;
  });
};

function item(root: HTMLElement, photo: Photo, remove: () => void): HTMLLIElement {
  const entry = document.createElement("li");
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const size = document.createElement("span");
  const button = document.createElement("button");
  const words = text(root, "remove", { name: photo.file.name });
  size.textContent = photo.preview === null ? photo.file.name : readableSize(photo.file.size);
  button.type = "button";
  button.className = "btn btn-plain btn-small";
  button.setAttribute("aria-label", words);
  button.title = words;
  button.append(icon("trash-2"));
  button.addEventListener("click", remove);
  caption.append(size, button);
  if (photo.preview !== null) {
    photo.preview.setAttribute("role", "img");
    photo.preview.setAttribute("aria-label", photo.file.name);
    figure.append(photo.preview);
  }
  figure.append(caption);
  entry.append(figure);
  return entry;
}
