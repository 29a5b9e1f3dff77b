/** The page on which anybody re-runs a draw. */
import { drawVerifier } from "./draws/verifier.ts";
import { mountIslands } from "./islands/island.ts";

mountIslands({ "draw-verifier": drawVerifier });
