/** Computes beside the page, so that nothing on it ever stands still. Talks in the messages of the protocol alone. */
import type { Request } from "./protocol.ts";
import { Verification } from "./verification.ts";

const verification = new Verification((reply) => postMessage(reply));
addEventListener("message", (event: MessageEvent<Request>) => verification.handle(event.data));
