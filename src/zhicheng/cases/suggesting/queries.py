"""The model that suggests for a place, and the texts from which a city can learn."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings
from django.db.models import Q

from zhicheng.cases.kinds import CATALOGUES
from zhicheng.cases.models import SUBJECT, Case, SuggestionModel
from zhicheng.cases.suggesting.model import Model
from zhicheng.cases.suggesting.model_file import ModelRefused, read_file
from zhicheng.cases.suggesting.starting import STARTING, starting_model
from zhicheng.cases.suggesting.training import Labelled
from zhicheng.ground.areas.api import Area
from zhicheng.ground.kept import kept
from zhicheng.ground.packs.api import Term, term_tree
from zhicheng.ground.proceedings.api import Step

EXAMPLES_PER_CATEGORY = 20
_log = structlog.get_logger("zhicheng.suggestions")


@dataclass(frozen=True)
class Suggested:
    """A category that a text may belong to; `percent` is None where nothing was measured."""

    term: Term
    percent: int | None


@dataclass(frozen=True)
class Suggestions:
    """What is suggested for a text, the likeliest first, and from what it was learned.

    `model` is the hash of the model's file; empty, and `starting` true, where only the words of the categories
    and of simulated cases are known.
    """

    categories: tuple[Suggested, ...]
    starting: bool
    model: str = ""


def suggest_categories_for(text: str, area_path: str) -> Suggestions:
    """Up to three categories for a complaint in an area; none where the text does not say enough."""
    model, sha256 = model_for(area_path)
    if model is None:
        return Suggestions((), starting=True)
    starting = bool(model.learned.get(STARTING))
    terms = categories_of(area_path)
    found = [(terms[one.label], one) for one in model.suggest(text) if one.label in terms]
    return Suggestions(
        tuple(Suggested(term, None if starting else one.percent) for term, one in found), starting, sha256
    )


def model_for(area_path: str) -> tuple[Model | None, str]:
    """The newest model of the nearest area that has a usable one, and its hash; else the starting model.

    A file that is missing, broken or not the one that was saved is passed over, and the log says so.
    """
    for sha256 in _saved(area_path):
        try:
            return _loaded(file_of(sha256), sha256), sha256
        except ModelRefused as refused:
            _log.warning("a model was refused", sha256=sha256, fault=refused.params.get("fault"))
    return _starting(area_path), ""


def file_of(sha256: str) -> Path:
    """Where the model with this hash lies."""
    home: Path = settings.HOME.path
    return home / "suggestions" / f"{sha256}.npz"


@kept
def categories_of(area_path: str) -> dict[str, Term]:
    """The categories that can be chosen in an area, by code: the leaves of the trees."""
    return {
        leaf.term.code: leaf.term
        for catalogue in CATALOGUES
        for branch in term_tree(catalogue, area_path)
        for leaf in branch.below or (branch,)
    }


def confirmed_texts(area: Area) -> list[Labelled]:
    """The cases of an area whose category people confirmed: accepted ones, and historical ones that have one.

    Simulated cases confirm nothing, and what was erased is no longer known.
    """
    accepted = Step.objects.filter(
        proceeding__subject_kind=SUBJECT, verb="accept", proceeding__simulated=False
    ).values("proceeding__subject_id")
    found = (
        Case.objects.filter(Q(historical=True) | Q(id__in=accepted), area__path__startswith=area.path)
        .filter(category__isnull=False, erased_at__isnull=True, simulated=False)
        .exclude(description="")
    )
    rows = found.order_by("id").values_list("title", "description", "category__code")
    return [Labelled(f"{title}\n{text}", code) for title, text, code in rows]


@kept
def _saved(area_path: str) -> tuple[str, ...]:
    ids = [int(part) for part in area_path.strip("/").split("/") if part]
    rows = SuggestionModel.objects.filter(area_id__in=ids).order_by("-area__level", "-id")
    return tuple(rows.values_list("sha256", flat=True)[:2])


@lru_cache(maxsize=4)
def _loaded(path: Path, sha256: str) -> Model:
    return read_file(path, sha256)


@kept
def _starting(area_path: str) -> Model | None:
    known: dict[str, list[str]] = defaultdict(list)
    for catalogue in CATALOGUES:
        for branch in term_tree(catalogue, area_path):
            for leaf in branch.below or (branch,):
                known[leaf.term.code] += [leaf.term.zh, branch.term.zh]
    simulated = Case.objects.filter(area__path__startswith=area_path, simulated=True, category__code__in=known)
    rows = simulated.exclude(description="").order_by("category__code", "description")
    for code, text in rows.values_list("category__code", "description").distinct()[:2_000]:
        if len(known[code]) < EXAMPLES_PER_CATEGORY:
            known[code].append(text)
    return starting_model(known)
