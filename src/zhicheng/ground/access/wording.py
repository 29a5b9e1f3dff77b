"""The words for roles, domains and grants that people read.

>>> from zhicheng.core.access import Role
>>> ROLES[Role.CALLER]
'Call-back clerk'
"""

from datetime import date

from django.utils.translation import gettext

from zhicheng.core.access import Domain, Role
from zhicheng.core.words import words
from zhicheng.ground.access.models import Grant

ROLES: dict[Role, str] = {
    Role.CLERK: words("Clerk"),
    Role.OFFICER: words("Case officer"),
    Role.LEADER: words("Leader who approves"),
    Role.CALLER: words("Call-back clerk"),
    Role.ASSISTING: words("Officer of an assisting body"),
    Role.COMPANY: words("Company's own staff"),
    Role.REPORTER: words("Reporter"),
    Role.SYSTEM_ADMINISTRATOR: words("System administrator"),
    Role.SECURITY_ADMINISTRATOR: words("Security administrator"),
    Role.AUDIT_ADMINISTRATOR: words("Audit administrator"),
    Role.SYSTEM: words("System"),
}
DOMAINS: dict[Domain, str] = {
    Domain.MARKET: words("Market regulation"),
    Domain.HOUSING: words("Housing and construction"),
    Domain.AGRICULTURE: words("Agriculture"),
    Domain.TOURISM: words("Culture and tourism"),
    Domain.INDUSTRY: words("Industry"),
    Domain.GENERAL: words("All matters"),
}
GRANTABLE = tuple(role for role in Role if role not in (Role.ASSISTING, Role.REPORTER, Role.SYSTEM))
"""Roles that a person is granted; the others follow from taking part in a matter."""


def role_label(role: str) -> str:
    """A role in the reader's language."""
    return gettext(ROLES[Role(role)])


def domain_label(domain: str) -> str:
    """A matter domain in the reader's language."""
    return gettext(DOMAINS[Domain(domain)])


def grant_label(grant: Grant) -> str:
    """Role and organization, and what narrows them: `Case officer · 滕州市住建局 · Housing, 滕州市`."""
    narrowed = [domain_label(grant.domain)] if grant.domain else []
    narrowed += [grant.area.name] if grant.area else []
    return " · ".join(
        filter(None, (role_label(grant.role), grant.organization.name, gettext(", ").join(narrowed)))
    )


def period_label(first_on: date, last_on: date | None) -> str:
    """A period in words, both days included."""
    if last_on is None:
        return gettext("from %(first)s, without an end") % {"first": first_on}
    return gettext("%(first)s to %(last)s") % {"first": first_on, "last": last_on}
