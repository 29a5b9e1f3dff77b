"""Registers the app with Django."""

from django.apps import AppConfig


class ObjectsConfig(AppConfig):
    """Objects that quality is about: sites and products, with who answers for them."""

    name = "zhicheng.ground.objects"
    label = "objects"

    def ready(self) -> None:
        """Sites and products stay as they were entered; who answers for them ends. Triggers keep trees trees."""
        from zhicheng.ground.database.privileges import TableRule, restrict

        restrict(TableRule("objects_site", updatable=("parent_id",)))
        restrict(TableRule("objects_product"))
        restrict(TableRule("objects_responsibility", updatable=("valid_to", "answers_to_id")))
