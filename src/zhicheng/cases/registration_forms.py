"""The two registration forms of market complaints and reports: what was said when the matter was opened."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from zhicheng.cases.mediation.rules import AMOUNT, BOUGHT_ON, DEMAND, ENTRUSTABLE, PUBLISHABLE
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.papers import MATTER, kept, matter_values, reporter_name
from zhicheng.core.process import Need, NeedKind
from zhicheng.ground.documents.api import day_words
from zhicheng.ground.documents.registry import FormSource, Particulars
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.personal.api import unseal
from zhicheng.ground.proceedings.api import Situation

PERSON = frozenset({"phone", "description", "office"})
"""Nobody is asked where they live: what is kept beside their name says where the matter is, and is its `place`."""
ASKED = frozenset(need.key for need in (DEMAND, BOUGHT_ON, AMOUNT, PUBLISHABLE, ENTRUSTABLE))
COMPLAINT_FORM = FormSource("market_registration", SUBJECT, MATTER | PERSON | ASKED, None)
REPORT_FORM = FormSource("report_registration", SUBJECT, MATTER | PERSON, None)
UNNAMED = {COMPLAINT_FORM.form: "", REPORT_FORM.form: "匿名"}
"""What stands for the name of somebody who gave none: a report may be anonymous."""


def registered(situation: Situation, case: Case, form: str) -> Particulars:
    """What the registration form says: who, about whom, what happened, what is asked for; blank if unknown."""
    person, holder = case.reporter, situation.matter.holder
    assert holder is not None, "a matter that is registered is held by somebody"
    values = {
        **dict.fromkeys(ASKED, ""),
        **matter_values(case),
        "reporter": reporter_name(case) or UNNAMED[form],
        "phone": unseal(person.phone_sealed) if person else "",
        "description": case.description,
        "office": Organization.objects.get(id=holder).name,
        **_told(situation),
    }
    return Particulars(values)


def _told(situation: Situation) -> dict[str, str]:
    """The answers that were asked for at the opening, in Chinese words."""
    told = situation.history[0].data
    needs = [need for need in situation.process.opening if told.get(need.key)]
    return {need.key: _written(need, kept(situation, told[need.key]), told[need.key]) for need in needs}


def _written(need: Need, value: Any, stored: Any) -> str:
    """An answer as the form says it; what is stored as a text stands as written, whatever is asked today."""
    if isinstance(stored, Mapping):
        return str(value)
    if need.kind is NeedKind.CHOICE:
        with translation.override("zh-hans"):
            return gettext(dict(need.choices)[value])
    if need.kind is NeedKind.DATE:
        return day_words(date.fromisoformat(value))
    return f"{Decimal(value):,}元" if need.kind is NeedKind.MONEY else str(value)
