"""Registers the app with Django."""

from django.apps import AppConfig


class ObjectsConfig(AppConfig):
    """Objects that quality is about: sites and products, with who answers for them."""

    name = "zhicheng.ground.objects"
    label = "objects"

    def ready(self) -> None:
        """Sites and products are corrected, never deleted; who answers ends. Triggers keep trees trees."""
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.objects.rules import PRODUCT_REVISABLE, SITE_REVISABLE

        columns = {"parent": "parent_id", "area": "area_id"}
        place = (*(columns.get(field, field) for field in SITE_REVISABLE), "sort_key", "terms")
        restrict(TableRule("objects_site", updatable=tuple(place)))
        restrict(TableRule("objects_product", updatable=(*PRODUCT_REVISABLE, "sort_key")))
        restrict(TableRule("objects_responsibility", updatable=("valid_to", "answers_to_id")))
