/** The hashes that a draw may name: the page knows their names, only the worker computes them. */
export type HashName = "sha256" | "sm3";

export function isHashName(name: unknown): name is HashName {
  return name === "sha256" || name === "sm3";
}
