"""Which bodies handle which objects: who of them enters one, and says who answers for it."""

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
