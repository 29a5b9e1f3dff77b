"""Registers the app with Django, and e-mail if a server is named."""

from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings


class NoticesConfig(AppConfig):
    """Notices: queued in the transaction of the step they tell of."""

    name = "zhicheng.ground.notices"
    label = "notices"

    def ready(self) -> None:
        """Sends e-mail through SMTP_URL; without it notices by e-mail go to the log. What was told stays."""
        from zhicheng.core.words import words
        from zhicheng.ground.database.privileges import TableRule, restrict
        from zhicheng.ground.notices.adapters import register_adapter
        from zhicheng.ground.notices.dropping import drop_for_erased
        from zhicheng.ground.notices.models import Channel
        from zhicheng.ground.notices.registry import STOP, Template, Topic, register_templates
        from zhicheng.ground.notices.sections import QUIET_HOURS, WORDINGS
        from zhicheng.ground.notices.smtp import SmtpAdapter
        from zhicheng.ground.packs.api import register_section
        from zhicheng.ground.personal.api import follow_erasure

        told = ("attempts", "sent_at", "read_at", "failed_at", "error", "deliver_after")
        said = ("title_zh", "title_en", "text_zh", "text_en")
        restrict(TableRule("notices_notice", updatable=told))
        restrict(TableRule("notices_attempt"))
        restrict(TableRule("notices_wording", updatable=said, deletable=True))
        restrict(TableRule("notices_quietrow", updatable=("begins", "ends", "exempt", "sample"), deletable=True))
        restrict(TableRule("notices_silence", deletable=True))
        register_section(WORDINGS)
        register_section(QUIET_HOURS)
        follow_erasure(drop_for_erased)
        words_of_feet = Path(__file__).with_name("notices.toml")
        register_templates(
            words_of_feet,
            Template("foot_progress", words("Under what a person agreed to"), Topic.FOOT, (STOP,)),
            Template("foot_duty", words("Under what a person has to be told"), Topic.FOOT, ()),
            Template("foot_staff", words("Under e-mail to accounts"), Topic.FOOT, (STOP,)),
        )
        url = settings.ENVIRONMENT.smtp_url
        if url:
            sender = f"no-reply@{urlsplit(settings.BASE_URL).hostname}"
            register_adapter(Channel.EMAIL, SmtpAdapter.from_url(url, sender, settings.BASE_URL))
