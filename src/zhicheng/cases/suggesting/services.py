"""Making a trained model the one that suggests in a city, and keeping what officers answered."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from zhicheng.cases.models import Case, CategoryChoice, SuggestionModel
from zhicheng.cases.suggesting.model import Model
from zhicheng.cases.suggesting.model_file import to_bytes, write_file
from zhicheng.cases.suggesting.queries import categories_of, file_of
from zhicheng.cases.suggesting.training import Labelled
from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.areas.api import Area
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.packs.api import Term


def labels_as_codes(texts: Iterable[Labelled], area: Area) -> list[Labelled]:
    """The texts with the codes of the city's categories for labels, given as codes or in either language.

    Raises Refused for a label that is no category: a model could not suggest it.
    """
    names: dict[str, str] = {}
    for code, term in categories_of(area.path).items():
        names |= {term.zh: code, term.en.casefold(): code}
    names |= {code: code for code in categories_of(area.path)}
    texts = list(texts)
    unknown = sorted({one.label for one in texts if one.label.casefold() not in names})
    if unknown:
        raise Refused(
            words("{area} has no category “{name}” ({count} labels are unknown); only its own can be saved."),
            area=area.name, name=unknown[0], count=len(unknown),
        )  # fmt: skip
    return [replace(one, label=names[one.label.casefold()]) for one in texts]


def save_model(*, model: Model, area: Area, by: str, now: datetime) -> SuggestionModel:
    """Writes the file, then the row that names it by its hash: no row names a file that is not whole."""
    content = to_bytes(model)
    sha256 = hashlib.sha256(content).hexdigest()
    write_file(file_of(sha256), content)
    row = SuggestionModel.objects.create(
        area=area, sha256=sha256, size_bytes=len(content), learned=dict(model.learned), trained_by=by,
        trained_at=now,
    )  # fmt: skip
    forget_kept()
    return row


def keep_choice(
    *, case: Case, suggested: Sequence[str], model: str, chosen: Term, by: Actor, now: datetime
) -> CategoryChoice:
    """Keeps what an officer chose beside what had been suggested; accepted if it was the first suggestion."""
    return CategoryChoice.objects.create(
        case=case, suggested=list(suggested), model=model, chosen=chosen,
        accepted=bool(suggested) and suggested[0] == chosen.code, chosen_by=by.key, chosen_at=now,
    )  # fmt: skip
