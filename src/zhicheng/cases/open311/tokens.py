"""Tokens for keys that only write: each leads to one number, is stored nowhere, and is guessed by nobody."""

import re
from base64 import urlsafe_b64decode
from hmac import compare_digest

from django.conf import settings

from zhicheng.cases.models import Case
from zhicheng.core.keyed_hash import keyed_hash
from zhicheng.ground.areas.api import City

MAC_BYTES = 16
_FORM = re.compile(rf"([1-9][0-9]{{0,17}})-([0-9a-f]{{{2 * MAC_BYTES}}})")


def token_of(case: Case) -> str:
    """The token of a case: the same whenever it is asked for."""
    return f"{case.pk}-{_mac(case.pk)}"


def find_number(token: str, city: City) -> str | None:
    """The number of the city's case that a token leads to."""
    match = _FORM.fullmatch(token)
    if match is None or not compare_digest(_mac(int(match[1])), match[2]):
        return None
    found = Case.objects.filter(pk=int(match[1]), area__path__startswith=city.area.path)
    return found.values_list("number", flat=True).first()


def _mac(case_id: int) -> str:
    key = urlsafe_b64decode(settings.SECRETS.ledger_key)
    return keyed_hash(key, str(case_id).encode(), purpose="open311.token")[:MAC_BYTES].hex()
