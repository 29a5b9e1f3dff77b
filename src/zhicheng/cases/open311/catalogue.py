"""Which services a city offers: its categories, each with what is asked when a matter of it is reported."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext

from zhicheng.cases.exchange.intake import terms_at
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import CATALOGUES, kinds_for, needs_of
from zhicheng.cases.open311.schemas import AttributeOut, DataType, DefinitionOut, ServiceOut, ValueOut
from zhicheng.core.process import Need, NeedKind
from zhicheng.core.words import words
from zhicheng.ground.areas.api import City
from zhicheng.ground.packs.api import Term, list_terms

KINDS, RESPONDENT = "kinds", "respondent"
"""What is asked for every service, beside what its tables ask."""
_TYPES: dict[NeedKind, DataType] = {
    NeedKind.CODE: "singlevaluelist", NeedKind.CHOICE: "singlevaluelist", NeedKind.DATE: "datetime",
    NeedKind.TEXT: "text", NeedKind.MONEY: "string",
}  # fmt: skip
"""How each kind of need is asked for; nothing else is asked when a matter is opened."""
_EPOCH = date(2020, 1, 1)


def list_services(city: City, on: date, *, batch: bool) -> list[ServiceOut]:
    """The services of a city. With `batch` requests are answered with tokens."""
    return [_service(term, batch) for term in terms_at(city.area, on)]


def find_service(city: City, code: str, on: date) -> Term | None:
    """The category that a service code names, if the city offers it."""
    return next((term for term in terms_at(city.area, on) if term.code == code), None)


def definition_of(term: Term, city: City, on: date) -> DefinitionOut:
    """What is asked for a service: which proceeding where there is a choice, what its tables ask, against whom."""
    kinds = kinds_for(term.catalogue)
    asked = [_choice(kinds)] if len(kinds) > 1 else []
    usual = {need.key for need in needs_of(kinds[:1], on)}
    asked += [
        _attribute(need, city, on, required=need.required and need.key in usual)
        for need in needs_of(kinds, on)
        if need.kind in _TYPES
    ]
    asked.append(_asked(RESPONDENT, "string", words("Who is complained of, if you know")))
    for order, one in enumerate(asked, start=1):
        one.order = order
    return DefinitionOut(service_code=term.code, attributes=asked)


def changed_at(city: City, on: date) -> datetime:
    """Since when the city's services are as they are today: the last day on which one began or ended."""
    theirs = Q(area=None) | Q(area=city.area) | Q(area__path__startswith=city.area.path)
    terms = Term.objects.filter(theirs, catalogue__in=CATALOGUES)
    begun = terms.filter(valid_from__lte=on).aggregate(day=Max("valid_from"))["day"]
    ended = terms.filter(valid_to__lt=on).aggregate(day=Max("valid_to"))["day"]
    days = [_EPOCH, *filter(None, (begun, ended + timedelta(days=1) if ended else None))]
    return datetime.combine(max(days), time(), UTC)


def _service(term: Term, batch: bool) -> ServiceOut:
    kinds = kinds_for(term.catalogue)
    return ServiceOut(
        service_code=term.code,
        service_name=term.label,
        description=term.note or f"{gettext(kinds[0].label)} · {term.label}",
        metadata=True,
        type="batch" if batch else "realtime",
        keywords=", ".join(dict.fromkeys((term.zh, term.en))),
        group=gettext(kinds[0].label),
    )


def _choice(kinds: tuple[CaseKind, ...]) -> AttributeOut:
    one = _asked(KINDS, "multivaluelist", words("What you want done; the first if you choose nothing"))
    one.values = [ValueOut(key=kind.key, name=gettext(kind.label)) for kind in kinds]
    return one


def _attribute(need: Need, city: City, on: date, *, required: bool) -> AttributeOut:
    one = _asked(need.key, _TYPES[need.kind], need.label, need.hint)
    one.required = required
    if need.kind is NeedKind.CHOICE:
        one.values = [ValueOut(key=key, name=gettext(label)) for key, label in need.choices]
    elif need.kind is NeedKind.CODE:
        terms = list_terms(need.catalogue, city.area, on)
        one.values = [ValueOut(key=term.code, name=term.label) for term in terms]
    return one


def _asked(code: str, datatype: DataType, label: str, hint: str = "") -> AttributeOut:
    return AttributeOut(
        variable=True, code=code, datatype=datatype, required=False, description=gettext(label), order=1,
        datatype_description=gettext(hint) if hint else "", values=[],
    )  # fmt: skip
