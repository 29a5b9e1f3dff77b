"""How long a mean and its standard error take, beside R's survey and samplics, on the same sample in one run.

200,000 rows in 4,000 clusters of 40 strata, invented with one seed. Each program reads the sample beforehand and
is timed from the columns in memory to the standard error, the design included; one runs after the other, the best
of some rounds counts, and the three results have to agree.

    python bench/estimating.py [--rounds 5] [--rows 200000] [--clusters 4000]

What is missing is installed: R's survey by apt (as root or by sudo), samplics into a folder of its own in
/var/tmp. Neither is needed by anything else here.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from zhicheng.core.designs import Design
from zhicheng.core.estimates import mean

BESIDE = Path("/var/tmp/zhicheng-bench-samplics")  # noqa: S108  # a folder that stays between runs
STRATA = 40
KINDS = ("numbers", "texts")
"""Labels of clusters and strata: whole numbers, or texts as a bureau's tables have them."""

IN_R = """
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
sample <- read.csv(arguments[1])
for (kind in c("numbers", "texts")) {
  if (kind == "texts") {
    sample$cluster <- sprintf("cluster %05d", sample$cluster)
    sample$stratum <- sprintf("stratum %03d", sample$stratum)
  }
  for (round in seq_len(as.integer(arguments[2]))) {
    began <- proc.time()[["elapsed"]]
    design <- svydesign(id = ~cluster, strata = ~stratum, weights = ~weight, data = sample)
    found <- svymean(~y, design)
    error <- SE(found)[1]
    cat(sprintf('{"kind": "%s", "seconds": %.6f, "value": %.12g, "error": %.12g}\\n',
                kind, proc.time()[["elapsed"]] - began, coef(found)[1], error))
  }
}
"""
IN_SAMPLICS = """
import csv, json, sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np
from samplics.estimation import TaylorEstimator
from samplics.utils.types import PopParam
with open(sys.argv[1]) as file:
    rows = list(csv.DictReader(file))
y, weight = (np.array([float(row[name]) for row in rows]) for name in ("y", "weight"))
cluster, stratum = (np.array([int(row[name]) for row in rows]) for name in ("cluster", "stratum"))
for kind in ("numbers", "texts"):
    if kind == "texts":
        cluster = np.array([f"cluster {label:05d}" for label in cluster])
        stratum = np.array([f"stratum {label:03d}" for label in stratum])
    for _ in range(int(sys.argv[2])):
        began = time.perf_counter()
        found = TaylorEstimator(PopParam.mean)
        found.estimate(y=y, samp_weight=weight, psu=cluster, stratum=stratum)
        seconds = time.perf_counter() - began
        print(json.dumps({"kind": kind, "seconds": seconds, "value": float(found.point_est),
                          "error": float(found.stderror)}))
"""


def invented(rows: int, clusters: int) -> dict[str, np.ndarray]:
    """Clusters that differ, of about the same size, each in one stratum."""
    random = np.random.default_rng(20261125)
    cluster = np.sort(random.integers(0, clusters, rows))
    level = random.normal(50, 5, clusters)
    return {
        "cluster": cluster,
        "stratum": cluster * STRATA // clusters,
        "weight": random.uniform(1, 30, rows).round(6),
        "y": random.normal(level[cluster], 10).round(6),
    }


def ours(sample: dict[str, np.ndarray], rounds: int) -> list[dict]:
    """What Zhicheng takes, round by round."""
    found = []
    for kind in KINDS:
        cluster, stratum = sample["cluster"], sample["stratum"]
        if kind == "texts":
            cluster = np.array([f"cluster {label:05d}" for label in cluster])
            stratum = np.array([f"stratum {label:03d}" for label in stratum])
        for _ in range(rounds):
            began = perf_counter()
            design = Design.clusters(cluster, strata=stratum, weights=sample["weight"])
            estimate = mean(design, sample["y"])
            error = estimate.standard_error
            seconds = perf_counter() - began
            found.append({"kind": kind, "seconds": seconds, "value": estimate.value, "error": error})
    return found


def by(command: list[str]) -> list[dict]:
    """The same from another program, which prints a line of JSON a round."""
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def install_r() -> None:
    """R and its package survey, from the distribution."""
    asked = ["Rscript", "-e", "packageVersion('survey')"]
    if shutil.which("Rscript") and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
        return
    command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "r-cran-survey"]
    subprocess.run(command if os.geteuid() == 0 else ["sudo", *command], check=True)


def install_samplics() -> Path:
    """The interpreter of an environment that has samplics."""
    python = BESIDE / "bin" / "python"
    if not python.exists():
        venv.create(BESIDE, with_pip=True)
    if subprocess.run([python, "-c", "import samplics"], capture_output=True, check=False).returncode:
        subprocess.run([python, "-m", "pip", "--quiet", "install", "samplics"], check=True)
    return python


def main() -> None:
    """Measures all three and prints the best round of each."""
    parser = argparse.ArgumentParser(description="A mean with its standard error, beside R's survey and samplics.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--clusters", type=int, default=4_000)
    asked = parser.parse_args()
    install_r()
    python = install_samplics()
    sample = invented(asked.rows, asked.clusters)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sample.csv"
        with file.open("w", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(sample)
            writer.writerows(zip(*(column.tolist() for column in sample.values()), strict=True))
        script = Path(folder) / "measure.R"
        script.write_text(IN_R)
        found = {
            "Zhicheng": ours(sample, asked.rounds),
            "samplics": by([str(python), "-c", IN_SAMPLICS, str(file), str(asked.rounds)]),
            "R survey": by(["Rscript", str(script), str(file), str(asked.rounds)]),
        }
    print(f"{asked.rows} rows, {asked.clusters} clusters, {STRATA} strata; load {os.getloadavg()[0]:.1f}")
    for kind in KINDS:
        best = {
            name: min(each["seconds"] for each in rounds if each["kind"] == kind) for name, rounds in found.items()
        }
        for name, seconds in best.items():
            ratio = seconds / best["Zhicheng"]
            print(f"{kind:8} {name:9} {seconds * 1000:8.1f} ms   {ratio:6.1f} times ours")
    results = np.array([(each["value"], each["error"]) for rounds in found.values() for each in rounds])
    if not np.allclose(results, results[0], rtol=1e-8):
        sys.exit("the programs do not agree on the estimate or its standard error")


if __name__ == "__main__":
    main()
