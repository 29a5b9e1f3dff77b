"""Checks what a step was given against what it needs, and turns it into what the step keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from zhicheng.core.access import Matter
from zhicheng.core.clock import last_known_day
from zhicheng.core.process import MOST_YUAN, NO_AMOUNT, Need, NeedKind, Refusal, read_yuan
from zhicheng.core.words import words
from zhicheng.ground.access.api import list_competent_bodies
from zhicheng.ground.files.api import Checked, FileRefused, accept_upload
from zhicheng.ground.packs.api import list_terms, working_calendar
from zhicheng.ground.parties.api import Kind, Organization

BODIES = (Kind.PUBLIC_BODY, Kind.HOTLINE_CENTRE, Kind.DEPARTMENT)
LONGEST_NUMBER = 40
BUSINESSES = (Kind.COMPANY, Kind.LABORATORY, Kind.SERVICE_POINT, Kind.OTHER)


@dataclass
class CheckedData:
    """Data that passed: `values` as they are used (amounts with two decimals), `stored` as the step keeps them."""

    values: dict[str, Any] = field(default_factory=dict)
    stored: dict[str, Any] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class Measure:
    """What values are measured against: the matter, today, and the day whose terms the matter keeps."""

    matter: Matter
    today: date
    opened_on: date


def check_data(
    *, needs: Sequence[Need], data: Mapping[str, Any], matter: Matter, today: date, opened_on: date
) -> CheckedData:
    """Every need checked; `refusals` names each field that is wrong and what was expected.

    A code is one of the terms that were offered on the day the proceeding was opened.
    """
    against = Measure(matter, today, opened_on)
    checked = CheckedData()
    for need in needs:
        value = data.get(need.key)
        if value in (None, "", []):
            if need.required:
                checked.refusals.append(_refused(need, words("“{label}” is missing.")))
            continue
        refusal = _CHECKS[need.kind](need, value, against)
        if refusal is not None:
            checked.refusals.append(refusal)
            continue
        if need.kind is NeedKind.FILES:
            value = _accepted(need, value, checked.refusals)
        elif need.kind is NeedKind.MONEY:
            value = read_yuan(str(value))
        checked.values[need.key] = value
        if not need.personal:
            checked.stored[need.key] = value.isoformat() if isinstance(value, date) else value
    checked.refusals.extend(_strangers(needs, data))
    return checked


def _refused(need: Need, message: str, **params: Any) -> Refusal:
    return Refusal(message, {"label": need.label, **params}, field=need.key)


def _strangers(needs: Sequence[Need], data: Mapping[str, Any]) -> list[Refusal]:
    known = {need.key for need in needs}
    return [
        Refusal(words("This step does not ask for “{label}”."), {"label": key}, field=key)
        for key in data
        if key not in known
    ]


def _code(need: Need, value: Any, against: Measure) -> Refusal | None:
    place, day = against.matter.area_path, against.opened_on
    terms = [term for catalogue in need.catalogues for term in list_terms(catalogue, place, day)]
    groups = {term.parent_id for term in terms}
    offered = {term.code for term in terms if term.id not in groups} - need.without
    if isinstance(value, str) and value in offered:
        return None
    return _refused(need, words("“{value}” is not one of the terms offered for “{label}”."), value=value)


def _choice(need: Need, value: Any, against: Measure) -> Refusal | None:
    if isinstance(value, str) and value in {code for code, _ in need.choices}:
        return None
    return _refused(need, words("“{value}” is not one of the choices for “{label}”."), value=value)


def _date(need: Need, value: Any, against: Measure) -> Refusal | None:
    if not isinstance(value, date):
        return _refused(need, words("“{label}” must be a date such as 2026-11-23."))
    if need.from_today and value < against.today:
        return _refused(need, words("“{label}” must be {today} or later."), today=against.today)
    if need.until_today and value > against.today:
        return _refused(need, words("“{label}” must be {today} or earlier."), today=against.today)
    if need.at_most_days is not None and value > (last := against.today + timedelta(days=need.at_most_days)):
        return _refused(
            need,
            words("“{label}” must be {last} or earlier ({days} days)."),
            last=last,
            days=need.at_most_days,
        )
    return _in_unknown_year(need, value, against.today) if value > against.today else None


def _in_unknown_year(need: Need, value: date, today: date) -> Refusal | None:
    """A clock cannot run to a day to which nobody can count."""
    last = last_known_day(working_calendar(), today)
    if value <= last:
        return None
    return _refused(
        need,
        words("“{label}” must be {last} or earlier: the working days of {year} are not known yet."),
        last=last,
        year=value.year,
    )


def _money(need: Need, value: Any, against: Measure) -> Refusal | None:
    """A text or, from a program, a number."""
    if isinstance(value, str | int | float) and not isinstance(value, bool) and read_yuan(str(value)) is not None:
        return None
    return _refused(need, NO_AMOUNT, most=f"{MOST_YUAN:,}")


def _text(need: Need, value: Any, against: Measure) -> Refusal | None:
    if not isinstance(value, str) or not value.strip():
        return _refused(need, words("“{label}” is missing."))
    if len(value) > need.max_length:
        return _refused(
            need,
            words("“{label}” has {count} characters; at most {limit} are allowed."),
            count=len(value),
            limit=need.max_length,
        )
    return None


def _files(need: Need, value: Any, against: Measure) -> Refusal | None:
    if not isinstance(value, list) or not all(isinstance(one, UploadedFile) for one in value):
        return _refused(need, words("“{label}” is missing."))
    if len(value) <= need.max_files:
        return None
    return _refused(
        need, words("“{label}” has {count} files; at most {limit} are allowed."), count=len(value),
        limit=need.max_files,
    )  # fmt: skip


def _accepted(need: Need, uploads: list[UploadedFile], refusals: list[Refusal]) -> list[Checked]:
    """The uploads checked by content; what is not what it says it is adds a refusal."""
    accepted = []
    for upload in uploads:
        try:
            accepted.append(accept_upload(upload=upload, purpose=need.key))
        except FileRefused as error:
            refusals.append(Refusal(error.message, error.params, field=need.key))
    return accepted


def _company(need: Need, value: Any, against: Measure) -> Refusal | None:
    if isinstance(value, int) and Organization.objects.filter(id=value, kind__in=BUSINESSES).exists():
        return None
    return _refused(need, words("“{label}” names an organization that does not exist here."))


def _body(need: Need, value: Any, against: Measure) -> Refusal | None:
    """Another body than the one that has the matter, competent for its place and domain."""
    if not isinstance(value, int) or not Organization.objects.filter(id=value, kind__in=BODIES).exists():
        return _refused(need, words("“{label}” names an organization that does not exist here."))
    if value == against.matter.holder:
        return _refused(need, words("The matter is with this body already."))
    if value not in list_competent_bodies(against.matter.area_path, None, against.today):
        return _refused(need, words("This body is not competent for the place."))
    if need.own_domain and value not in list_competent_bodies(
        against.matter.area_path, against.matter.domain, against.today
    ):
        return _refused(
            need,
            words(
                "This body does not handle such matters and could not finish it under its own rules. If it is not "
                "for your body either, do not accept it, and tell the reporter who is competent."
            ),
        )
    return None


def _record(need: Need, value: Any, against: Measure) -> Refusal | None:
    """A number as people write it; which record it is, is the feature's to say."""
    if isinstance(value, str) and value.isprintable() and 0 < len(value) <= LONGEST_NUMBER:
        return None
    return _refused(need, words("“{label}” must be a number of up to {limit} characters."), limit=LONGEST_NUMBER)


_CHECKS = {
    NeedKind.CODE: _code,
    NeedKind.CHOICE: _choice,
    NeedKind.DATE: _date,
    NeedKind.MONEY: _money,
    NeedKind.TEXT: _text,
    NeedKind.FILES: _files,
    NeedKind.PARTY: _company,
    NeedKind.BODY: _body,
    NeedKind.RECORD: _record,
}
