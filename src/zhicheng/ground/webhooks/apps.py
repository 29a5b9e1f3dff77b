"""Registers the app with Django, and has it told of every step."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class WebhooksConfig(AppConfig):
    """Webhooks: other systems are told, in signed requests, of what their keys may see."""

    name = "zhicheng.ground.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Follows steps; has secrets sealed anew when keys are replaced; sends text messages through SMS_URL."""
        from zhicheng.core.words import words
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.notices.api import Channel, register_adapter
        from zhicheng.ground.notices.registry import Offer, Template, Topic, register_templates
        from zhicheng.ground.personal.api import register_sealed
        from zhicheng.ground.proceedings.registry import follow_steps
        from zhicheng.ground.webhooks.models import Subscription
        from zhicheng.ground.webhooks.services import tell_of_step
        from zhicheng.ground.webhooks.sms import GatewayAdapter

        tried = ("attempts", "status", "error", "delivered_at", "failed_at", "next_at")
        restrict(TableRule("webhooks_subscription", updatable=("sealed", "failures", "disabled_at", "erased_at")))
        restrict(TableRule("webhooks_delivery", updatable=tried, deletable=True))
        follow_steps(tell_of_step)
        account = Offer("account", "12345热线", "hotline", on_sms=False)
        key = Offer("key", "zck_7Qd2", "zck_7Qd2", on_sms=False)
        disabled = Template("webhook_disabled", words("A webhook was disabled"), Topic.SYSTEM, (account, key))
        register_templates(Path(__file__).with_name("notices.toml"), disabled)
        register_sealed(Subscription, ("sealed",))
        gateway = settings.ENVIRONMENT
        if gateway.sms_url:
            register_adapter(Channel.SMS, GatewayAdapter(gateway.sms_url, gateway.sms_secret))
