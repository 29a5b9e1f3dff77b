"""Which bodies handle which objects: who of them enters and corrects one, and what of it; who answers for it."""

from collections.abc import Mapping

from zhicheng.core.access import Domain

SITE_DOMAINS: Mapping[str, frozenset[Domain]] = {
    "project": frozenset({Domain.HOUSING}),
    "building": frozenset({Domain.HOUSING}),
    "shop": frozenset({Domain.MARKET, Domain.TOURISM, Domain.AGRICULTURE}),
    "other": frozenset(Domain),
}
"""By the kind of site: the domains that handle it."""
PRODUCT_DOMAINS = frozenset({Domain.MARKET, Domain.AGRICULTURE, Domain.INDUSTRY, Domain.HOUSING})
"""Products of every trade; those of housing are building materials."""
SITE_REVISABLE = ("name", "parent", "area", "address", "longitude", "latitude", "completed_on")
"""What of a site is corrected. Its kind says who handles it, and stays."""
SITE_BINDING = ("parent", "area")
"""What of a site stays too, once cases name it: who was competent for them was found by it."""
PRODUCT_REVISABLE = ("name", "trademark", "model", "standard", "industry")
"""What of a product is corrected. Who produces it is what makes it another product."""
