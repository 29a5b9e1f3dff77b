/** Answers questions about the verifier's modules: a list of questions comes in as JSON, a list of answers goes out. */
import { readFileSync } from "node:fs";

import { readBundle, readFiles, type Bundle } from "../../../../assets/draws/bundle.ts";
import { canonicalTable } from "../../../../assets/draws/canonical.ts";
import { readCsv } from "../../../../assets/draws/csv.ts";
import { leftOpen } from "../../../../assets/draws/doubts.ts";
import { draw, resultText } from "../../../../assets/draws/draw.ts";
import { hashText } from "../../../../assets/draws/hash.ts";
import type { HashName } from "../../../../assets/draws/hash-name.ts";
import { compactJson, indentedJson, readJson } from "../../../../assets/draws/json.ts";
import { fractionText, readFraction, readWhole } from "../../../../assets/draws/numbers.ts";
import { randomnessOf, readSources } from "../../../../assets/draws/randomness.ts";
import { Refusal } from "../../../../assets/draws/refusal.ts";
import { decodeUtf8, strip } from "../../../../assets/draws/text.ts";
import { verify } from "../../../../assets/draws/verdict.ts";

type Question = Readonly<Record<string, string>>;

const ANSWERS: Readonly<Record<string, (question: Question) => unknown>> = {
  csv: ({ text = "" }) => readCsv(text, "table"),
  canonical: ({ text = "" }) => canonicalTable(readCsv(text, "table")),
  strip: ({ text = "" }) => strip(text),
  utf8: ({ base64 = "" }) => decodeUtf8(Buffer.from(base64, "base64"), "file"),
  compact: ({ text = "" }) => compactJson(readJson(text, "text")),
  indented: ({ text = "" }) => indentedJson(readJson(text, "text")),
  fraction: ({ text = "" }) => told(readFraction(text), fractionText),
  whole: ({ text = "" }) => told(readWhole(text), String),
  hash: ({ name = "", text = "" }) => hashText(name as HashName, text),
  randomness: ({ name = "", sources = "" }) => randomnessOf(name as HashName, readSources(sources.split("\n"))),
  draw: (question) => resultText(draw(bundleOf(question).inputs)),
  open: (question) => leftOpen(bundleOf(question).inputs),
  verify: (question) => verify(bundleOf(question), question["beforehand"]).checks,
};

function told<T>(value: T | null, tell: (value: T) => string): string | null {
  return value === null ? null : tell(value);
}

/** A bundle as it stands in a file, or the files that are given instead. */
function bundleOf(question: Question): Bundle {
  const bytes = (name: string): Uint8Array => Buffer.from(question[name] ?? "", "utf8");
  if (question["bundle"] !== undefined) return readBundle(bytes("bundle"), "bundle");
  return readFiles({
    hash: (question["hash"] ?? "sha256") as HashName,
    roster: bytes("roster"), inspectors: bytes("inspectors"), conflicts: bytes("conflicts"), plan: bytes("plan"),
    result: question["result"] === undefined ? null : bytes("result"),
    randomness: question["randomness"] ?? "",
  });
}

function answer(question: Question): unknown {
  try {
    return { answer: ANSWERS[question["ask"] ?? ""]?.(question) };
  } catch (fault) {
    if (fault instanceof Refusal) return { refused: fault.code, values: fault.values };
    throw fault;
  }
}

const questions = JSON.parse(readFileSync(0, "utf8")) as Question[];
process.stdout.write(JSON.stringify(questions.map(answer)));
