"""A request that was posted, read as a complaint."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from zhicheng.cases.exchange.intake import answers_of, kinds_named, require_competent
from zhicheng.cases.kinds import kinds_for, needs_of
from zhicheng.cases.models import Source
from zhicheng.cases.open311.catalogue import KINDS, RESPONDENT, find_service
from zhicheng.cases.open311.places import Place, place_of
from zhicheng.cases.open311.rules import MOST_FILES
from zhicheng.cases.open311.schemas import RequestIn
from zhicheng.cases.services import Complaint
from zhicheng.cases.titles import title_of
from zhicheng.core.access import Actor
from zhicheng.core.process import NeedKind
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.access.api import User
from zhicheng.ground.areas.api import City, area_label
from zhicheng.ground.files.api import Checked, accept_upload
from zhicheng.ground.packs.api import Term

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,60})\](?:\[\])?")
PURPOSE = "complaint"
LONGEST_RESPONDENT = 120
Attributes = Mapping[str, Sequence[str]]


def attributes_of(form: QueryDict) -> dict[str, list[str]]:
    """What was sent as `attribute[code]` or, of several values, as `attribute[code][]`; nothing that is empty."""
    found: dict[str, list[str]] = {}
    for name, values in form.lists():
        match = ATTRIBUTE.fullmatch(name)
        if match and any(value.strip() for value in values):
            found.setdefault(match[1], []).extend(value.strip() for value in values if value.strip())
    return found


def complaint_of(
    sent: RequestIn, attributes: Attributes, photos: tuple[Checked, ...], *, city: City, by: Actor,
    request_key: UUID, on: date,
) -> Complaint:  # fmt: skip
    """What was sent as a complaint. Raises Http404 for a service that is none, Refused or Refusal for the rest."""
    term = _service(sent, city, on)
    place = place_of(sent, city, on)
    kinds = kinds_named(attributes.get(KINDS, ()), term)
    handled = kinds or kinds_for(term.catalogue)[:1]
    require_competent(by, place.area, handled[0])
    asked = {code: values for code, values in attributes.items() if code not in (KINDS, RESPONDENT)}
    return Complaint(
        title=title_of(term, place.site, place.area),
        description=_description(sent, term, place),
        category=term,
        area=place.area,
        request_key=request_key,
        source=Source.API,
        site=place.site,
        place=place.text,
        respondent=_respondent(attributes),
        reporter_name=_name(sent),
        reporter_phone=sent.phone or "",
        reporter_email=sent.email or "",
        photos=photos,
        kinds=kinds,
        told=answers_of(_values(asked, {need.key: need.kind for need in needs_of(handled, on)}), handled, on),
    )


def photos_of(uploads: Sequence[UploadedFile]) -> tuple[Checked, ...]:
    """The files that were sent, checked by their content; raises Refused for too many or for one that is none."""
    if len(uploads) > MOST_FILES:
        raise Refused(words("A request takes {limit} files."), limit=MOST_FILES)
    return tuple(accept_upload(upload=one, purpose=PURPOSE) for one in uploads)


def key_of_day(user: User, on: date) -> UUID:
    """The key of whatever an account sends on a day: clients name no request, so the same content is the same."""
    return uuid5(NAMESPACE_URL, f"{settings.BASE_URL}/open311/{user.pk}/{on.isoformat()}")


def _service(sent: RequestIn, city: City, on: date) -> Term:
    if not sent.service_code:
        raise Refused(words("“service_code” is missing."))
    term = find_service(city, sent.service_code, on)
    if term is None:
        raise Http404
    return term


def _description(sent: RequestIn, term: Term, place: Place) -> str:
    """The reporter's words; of none, what is known. The address of a file is noted and never fetched."""
    told = sent.description or gettext("Reported without words of their own: %(category)s, %(place)s.") % {
        "category": term.label, "place": area_label(place.area),
    }  # fmt: skip
    noted = gettext("Address of a file, not checked: %(address)s") % {"address": sent.media_url}
    return f"{told}\n{noted}" if sent.media_url else told


def _name(sent: RequestIn) -> str:
    """The name as it is written: 王 and 芳 without a space between them, Wang and Fang with one."""
    first, last = sent.first_name or "", sent.last_name or ""
    if (last + first).isascii():
        return " ".join(filter(None, (first, last)))
    return last + first


def _respondent(attributes: Attributes) -> str:
    text = "、".join(attributes.get(RESPONDENT, ()))
    if len(text) > LONGEST_RESPONDENT or not text.isprintable():
        raise Refused(
            words("attribute[{name}]: at most {limit} characters in one line."),
            name=RESPONDENT, limit=LONGEST_RESPONDENT,
        )  # fmt: skip
    return text


def _values(attributes: Attributes, kinds: Mapping[str, NeedKind]) -> dict[str, Any]:
    """One answer for each attribute; of a moment the day counts."""
    several = next((code for code, values in attributes.items() if len(values) > 1), None)
    if several is not None:
        raise Refused(words("attribute[{name}]: one value was expected."), name=several)
    return {
        code: _day(values[0]) if kinds.get(code) is NeedKind.DATE else values[0]
        for code, values in attributes.items()
    }


def _day(text: str) -> str:
    """The city's day of a moment; what is no moment stays as it came, and is refused with its name."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (timezone.localtime(moment) if moment.tzinfo else moment).date().isoformat()
