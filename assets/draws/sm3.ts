/**
 * SM3 (GB/T 32905-2016), the Chinese standard's hash of 256 bits, as a function of bytes.
 *
 * Written out here because the libraries that have it bring a whole suite of ciphers along. Clause numbers are the
 * standard's.
 */
const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

/** The initial value, 4.1. */
const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
] as const;

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
/** The permutations of 4.4. */
const p0 = (word: number): number => word ^ rotated(word, 9) ^ rotated(word, 17);
const p1 = (word: number): number => word ^ rotated(word, 15) ^ rotated(word, 23);

/** The constants of 4.2, each turned as 5.3.3 uses it in its round. */
const TURNED = Int32Array.from({ length: 64 }, (_, round) => rotated(round < 16 ? 0x79cc4519 : 0x7a879d8a, round % 32));

/** The 32 bytes of the hash. */
export function sm3(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const words = new DataView(padded.buffer);
  const state = Int32Array.from(START, (word) => word | 0);
  const w = new Int32Array(68);
  for (let at = 0; at < padded.length; at += BLOCK_BYTES) {
    expand(words, at, w);
    compress(state, w);
  }
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => hash.setInt32(4 * index, word));
  return new Uint8Array(hash.buffer);
}

/** One bit, zeros, and the length in bits: 5.2. */
function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((message.length + 1 + LENGTH_BYTES) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - LENGTH_BYTES, 8n * BigInt(message.length));
  return padded;
}

/** The block's sixteen words, and those that follow from them: 5.3.2. */
function expand(words: DataView, at: number, w: Int32Array): void {
  for (let k = 0; k < 16; k++) w[k] = words.getInt32(at + 4 * k);
  for (let k = 16; k < 68; k++) {
    w[k] = p1(w[k - 16]! ^ w[k - 9]! ^ rotated(w[k - 3]!, 15)) ^ rotated(w[k - 13]!, 7) ^ w[k - 6]!;
  }
}

/** Sixty-four rounds: 5.3.3. */
function compress(state: Int32Array, w: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let round = 0; round < 64; round++) {
    const ss1 = rotated((rotated(a, 12) + e + TURNED[round]!) | 0, 7);
    const ff = round < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = round < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ rotated(a, 12)) + (w[round]! ^ w[round + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + w[round]!) | 0;
    [d, c, b, a] = [c, rotated(b, 9), a, tt1];
    [h, g, f, e] = [g, rotated(f, 19), e, p0(tt2)];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index]! ^= word));
}
