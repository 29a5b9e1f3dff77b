"""Registers the app with Django, and has it told of every step."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Webhooks: other systems are told, in signed requests, of what their keys may see."""

    name = "zhicheng.ground.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Follows steps; has the secrets of subscriptions sealed anew when keys are replaced."""
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.personal.api import register_sealed
        from zhicheng.ground.proceedings.registry import follow_steps
        from zhicheng.ground.webhooks.models import Subscription
        from zhicheng.ground.webhooks.services import tell_of_step

        tried = ("attempts", "status", "error", "delivered_at", "failed_at", "next_at")
        restrict(TableRule("webhooks_subscription", updatable=("sealed", "failures", "disabled_at", "erased_at")))
        restrict(TableRule("webhooks_delivery", updatable=tried, deletable=True))
        follow_steps(tell_of_step)
        register_sealed(Subscription, ("sealed",))
