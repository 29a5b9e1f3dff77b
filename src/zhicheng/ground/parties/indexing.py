"""Organizations in the search: by name, short and English name, code and address."""

from zhicheng.ground.areas.api import area_label
from zhicheng.ground.parties.models import Organization
from zhicheng.ground.search.api import index

SUBJECT = "organization"


def index_organization(organization: Organization) -> None:
    """Makes an organization findable, or brings that up to date; in the transaction that writes it."""
    words = (organization.short_name, organization.name_en, organization.address)
    index(
        subject=(SUBJECT, organization.pk),
        title=organization.name,
        text=" ".join(filter(None, words)),
        numbers=[organization.uscc] if organization.uscc else [],
        subtitle=area_label(organization.area),
    )
