"""Which organizations, sites and products staff are shown: those of their areas, and who answers there."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhicheng.core.access import Actor, Part, Role
from zhicheng.ground.areas.api import lies_within, within
from zhicheng.ground.objects.api import Product, Responsibility, Site
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Proceeding

STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)


def areas_of(actor: Actor) -> tuple[str, ...]:
    """The paths of the areas for which the actor works as one of the staff."""
    return tuple(sorted({path for reach in actor.reaches if reach.role in STAFF for path in reach.areas}))


def visible_sites(actor: Actor) -> QuerySet[Site]:
    """The sites in the actor's areas."""
    return within(Site.objects.select_related("area", "parent"), areas_of(actor))


def visible_organizations(actor: Actor) -> QuerySet[Organization]:
    """The organizations in the actor's areas or above them, those that answer for something there, and those that
    have to answer in a matter that the actor sees.
    """
    found = Organization.objects.select_related("area", "parent")
    paths = areas_of(actor)
    if not paths:
        return found.none()
    answering = within(Responsibility.objects.filter(organization=OuterRef("pk")), paths, "site__area")
    summoned = Proceeding.objects.visible_to(actor).filter(
        participants__organization=OuterRef("pk"), participants__part=Part.RESPONDENT
    )
    return found.filter(_near(paths, "area") | Exists(answering) | Exists(summoned))


def visible_products(actor: Actor) -> QuerySet[Product]:
    """The products whose producer or seller is in the actor's areas or above them."""
    found = Product.objects.select_related("producer__area")
    paths = areas_of(actor)
    if not paths:
        return found.none()
    answering = Responsibility.objects.filter(_near(paths, "organization__area"), product=OuterRef("pk"))
    return found.filter(_near(paths, "producer__area") | Exists(answering))


def _near(paths: tuple[str, ...], field: str) -> Q:
    above = {int(part) for path in paths for part in path.strip("/").split("/")}
    return lies_within(paths, field) | Q(**{f"{field}__in": above})
