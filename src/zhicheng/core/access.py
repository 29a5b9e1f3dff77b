"""Who may see and do what, as values: roles, domains, reaches and actors.

A *reach* is one grant resolved to plain values. An *actor* is whoever takes a step: a member of staff, a
company that answers by invitation, a citizen with a tracking secret, or the system itself. Both visibility
and the right to act are decided here, from values alone, so that they can be tested exhaustively.

>>> county = Reach(Role.OFFICER, frozenset({7}), ("/1/4/",), frozenset({Domain.HOUSING}))
>>> officer = Actor("user:3", "Li", (county,), user_id=3)
>>> leak = Matter(area_path="/1/4/90/", domain=Domain.HOUSING, holder=7, parts={})
>>> officer.sees(leak), sorted(officer.roles_on(leak))
(True, [<Role.OFFICER: 'officer'>])
>>> officer.sees(Matter(area_path="/1/5/", domain=Domain.HOUSING, holder=8, parts={}))
False
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person is to a matter. Labels are translated by the shell."""

    CLERK = "clerk"
    OFFICER = "officer"
    LEADER = "leader"
    CALLER = "caller"
    ASSISTING = "assisting"
    COMPANY = "company"
    REPORTER = "reporter"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"
    SYSTEM = "system"


class Domain(StrEnum):
    """Matter domain: two bureaus of one county do not see each other's matters."""

    MARKET = "market"
    HOUSING = "housing"
    AGRICULTURE = "agriculture"
    TOURISM = "tourism"
    INDUSTRY = "industry"
    GENERAL = "general"


class Part(StrEnum):
    """What an organization is to one proceeding."""

    LEAD = "lead"
    ASSISTING = "assisting"
    FORMER = "former"
    RESPONDENT = "respondent"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
HOLDING = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER})
"""Roles that act where their organization holds the matter."""
ENTERING = frozenset({Role.CLERK, Role.OFFICER})
"""Roles that enter companies, buildings and products in the areas and domains of their body."""
COVERING = frozenset({Role.CALLER})
"""Roles that act wherever their jurisdiction covers the matter, whoever holds it."""

OUTSIDE = frozenset({Role.COMPANY, Role.REPORTER})
"""Roles of people outside the public bodies."""

Subject = tuple[str, int]
"""What a proceeding is about: the kind of record and its id."""


@dataclass(frozen=True)
class Matter:
    """What access needs to know of a record: where it lies, its domain, who holds it and who takes part."""

    area_path: str
    domain: Domain
    holder: int | None
    parts: Mapping[int, Part]
    subject: Subject | None = None


@dataclass(frozen=True)
class Reach:
    """One grant as values.

    `organizations` are the ids of the granted organization and its departments, `areas` the materialized
    paths of the areas it is competent for, `on_behalf_of` the user who delegated the grant, if any.
    """

    role: Role
    organizations: frozenset[int]
    areas: tuple[str, ...] = ()
    domains: frozenset[Domain] = frozenset()
    on_behalf_of: int | None = None
    confined: bool = False
    """Whether the grant was narrowed: then it ends where its areas and domains do, whoever takes part."""

    def covers(self, matter: Matter) -> bool:
        """Whether the matter lies in the jurisdiction: area and domain both."""
        return matter.domain in self.domains and any(matter.area_path.startswith(path) for path in self.areas)

    def enters(self, area_path: str, domains: frozenset[Domain]) -> bool:
        """Whether it enters records of a place that one of these domains handles."""
        inside = any(area_path.startswith(path) for path in self.areas)
        return self.role in ENTERING and inside and not self.domains.isdisjoint(domains)

    def takes_part(self, matter: Matter) -> bool:
        """Whether one of the organizations is a participant or the holder.

        A company takes part while it has to answer, and no longer once another has to instead.
        """
        if self.role is Role.COMPANY:
            return any(matter.parts.get(one) is Part.RESPONDENT for one in self.organizations)
        return matter.holder in self.organizations or not self.organizations.isdisjoint(matter.parts)

    def sees(self, matter: Matter) -> bool:
        """Administrators see no matter; everybody else sees by jurisdiction or by taking part."""
        takes_part = not self.confined and self.takes_part(matter)
        return self.role not in ADMINISTRATORS and (self.covers(matter) or takes_part)

    def roles_on(self, matter: Matter) -> frozenset[Role]:
        """The roles that this reach gives on the matter: its own, or that of an assisting body's officer."""
        if self.confined and not self.covers(matter):
            return frozenset()
        if self.role in HOLDING and matter.holder in self.organizations:
            return frozenset({self.role})
        if self.role in COVERING and self.covers(matter):
            return frozenset({self.role})
        parts = {matter.parts.get(organization) for organization in self.organizations}
        if self.role is Role.COMPANY and Part.RESPONDENT in parts:
            return frozenset({Role.COMPANY})
        if self.role is Role.OFFICER and Part.ASSISTING in parts:
            return frozenset({Role.ASSISTING})
        return frozenset()


@dataclass(frozen=True)
class Actor:
    """Whoever acts. `key` identifies the actor in ledger entries ("user:3", "reporter:12", "system:clock").

    `own` is the subject that a citizen or an invited company reached by a secret, with `own_role` on it.
    """

    key: str
    name: str
    reaches: tuple[Reach, ...] = ()
    user_id: int | None = None
    own: Subject | None = None
    own_role: Role | None = None
    organization_id: int | None = field(default=None)

    @property
    def is_system(self) -> bool:
        """Whether this is the system acting by a rule of the table."""
        return self.key.startswith("system:")

    @property
    def areas(self) -> tuple[str, ...]:
        """The paths of the areas in which the actor has something to do, in one order."""
        return tuple(sorted({path for reach in self.reaches for path in reach.areas}))

    @property
    def inside(self) -> "Actor":
        """The actor as a member of public bodies alone, without a company's grant and without a secret."""
        reaches = tuple(reach for reach in self.reaches if reach.role not in OUTSIDE)
        return replace(self, reaches=reaches, own=None, own_role=None)

    def sees(self, matter: Matter) -> bool:
        """Whether any reach, or the actor's own secret, opens the matter."""
        return self.is_system or self._owns(matter) or any(reach.sees(matter) for reach in self.reaches)

    def enters(self, area_path: str, domains: frozenset[Domain] = frozenset(Domain)) -> bool:
        """Whether the actor enters and corrects companies and objects of a place that one of `domains` handles.

        >>> market = Reach(Role.CLERK, frozenset({7}), ("/1/4/",), frozenset({Domain.MARKET}))
        >>> clerk = Actor("user:4", "Wu", (market,))
        >>> clerk.enters("/1/4/90/"), clerk.enters("/1/5/"), clerk.enters("/1/4/", frozenset({Domain.HOUSING}))
        (True, False, False)
        """
        return self.is_system or any(reach.enters(area_path, domains) for reach in self.reaches)

    def roles_on(self, matter: Matter) -> frozenset[Role]:
        """Every role that the actor may exercise on the matter."""
        if self.is_system:
            return frozenset({Role.SYSTEM})
        own = frozenset({self.own_role} if self.own_role and self._owns(matter) else ())
        return own.union(*(reach.roles_on(matter) for reach in self.reaches))

    def _owns(self, matter: Matter) -> bool:
        """Whether the actor's secret opens the matter: a company's only where it is the one that has to answer."""
        if self.own is None or self.own != matter.subject:
            return False
        if self.own_role is not Role.COMPANY:
            return True
        return self.organization_id is not None and matter.parts.get(self.organization_id) is Part.RESPONDENT

    def on_behalf_of(self, role: Role, matter: Matter) -> int | None:
        """The user whose delegated grant gives the role here, if the actor has it by delegation only."""
        givers = [reach.on_behalf_of for reach in self.reaches if role in reach.roles_on(matter)]
        return None if not givers or None in givers else givers[0]
