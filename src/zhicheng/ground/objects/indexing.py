"""Sites and products in the search."""

from zhicheng.ground.areas.api import area_label
from zhicheng.ground.objects.models import Product, Site
from zhicheng.ground.search.api import index


def index_site(site: Site) -> None:
    """Makes a site findable; a building is mostly called by its number alone, so also by its project's name."""
    title = f"{site.parent.name} {site.name}" if site.parent else site.name
    index(subject=("site", site.pk), title=title, text=site.address, subtitle=area_label(site.area))


def index_product(product: Product) -> None:
    """Makes a product findable by name, trademark, model, standard and producer."""
    index(
        subject=("product", product.pk),
        title=str(product),
        text=product.standard,
        numbers=[product.model] if product.model else [],
        subtitle=product.producer.name if product.producer else "",
    )
