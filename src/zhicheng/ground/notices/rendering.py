"""The words of a notice, from its template and codes, and what stands under a message that is sent."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from zhicheng.core.phrases import Value, fill
from zhicheng.ground.notices.choosing import words_for
from zhicheng.ground.notices.models import Channel, Notice, RecipientKind
from zhicheng.ground.notices.registry import template_of
from zhicheng.ground.notices.sampling import foot_text
from zhicheng.ground.notices.stopping import Stoppable, stop_path


@dataclass(frozen=True)
class Words:
    """What the recipient reads."""

    title: str
    text: str


def render(notice: Notice, language: str | None = None) -> Words:
    """The words in `language`, else in the language that is active."""
    code = spoken_code(language)
    path = notice.area.path if notice.area else ""
    said = words_for(notice.template, notice.process, notice.step, Channel(notice.channel), path)
    values = values_of(notice, code)
    return Words(fill(said.title(code), values).strip(), fill(said.text(code), values).strip())


def render_sent(notice: Notice, language: str) -> Words:
    """The words with what stands under them: how to stop such notices, or why that cannot be."""
    written, code = render(notice, language), spoken_code(language)
    foot = foot_of(notice)
    path = notice.area.path if notice.area else ""
    text = foot_text(foot, Channel(notice.channel), path, code)
    under = fill(text, {"stop": f"{settings.BASE_URL}{stop_path(stops(notice))}"}).strip()
    between = " " if notice.channel == Channel.SMS else "\n\n"
    return Words(written.title, between.join(filter(None, (written.text, under))))


def foot_of(notice: Notice) -> str:
    """The template of what stands under a message."""
    if notice.recipient_kind != RecipientKind.CONTACT:
        return "foot_staff"
    return "foot_duty" if notice.obliged else "foot_progress"


def stops(notice: Notice) -> Stoppable:
    """What the link under the message stops."""
    if notice.recipient_kind == RecipientKind.CONTACT:
        return Stoppable(RecipientKind.CONTACT, notice.recipient_id)
    return Stoppable(RecipientKind.USER, notice.recipient_id, template_of(notice.template).topic)


def values_of(notice: Notice, code: str) -> dict[str, Value]:
    """The notice's codes by place, spoken in a language."""
    spoken = {one.name for one in template_of(notice.template).offers if one.spoken}
    with translation.override(code):
        values: dict[str, Value] = {
            name: gettext(value) if name in spoken and value else value for name, value in notice.params.items()
        }
    return {**values, "url": f"{settings.BASE_URL}{notice.link}"}


def spoken_code(language: str | None) -> str:
    """A language in which there are words: the one asked for, the active one, else the house's."""
    active = language or translation.get_language() or settings.LANGUAGE_CODE
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
