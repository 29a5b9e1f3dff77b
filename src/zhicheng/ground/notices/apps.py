"""Registers the app with Django, and e-mail if a server is named."""

from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings


class NoticesConfig(AppConfig):
    """Notices: queued in the transaction of the step they tell of."""

    name = "zhicheng.ground.notices"
    label = "notices"

    def ready(self) -> None:
        """Sends e-mail through SMTP_URL; without it notices by e-mail go to the log. What was told stays."""
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.notices.adapters import register_adapter
        from zhicheng.ground.notices.models import Channel
        from zhicheng.ground.notices.smtp import SmtpAdapter

        told = ("attempts", "sent_at", "read_at", "failed_at", "error", "deliver_after")
        restrict(TableRule("notices_notice", updatable=told))
        url = settings.ENVIRONMENT.smtp_url
        if url:
            sender = f"no-reply@{urlsplit(settings.BASE_URL).hostname}"
            register_adapter(Channel.EMAIL, SmtpAdapter.from_url(url, sender))
