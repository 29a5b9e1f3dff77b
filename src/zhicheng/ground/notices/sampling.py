"""What a template looks like with values: samples for a preview, the longest ones for the length of a text."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from zhicheng.core.phrases import Value, fill
from zhicheng.core.short_messages import parts_of
from zhicheng.ground.notices.choosing import has_words, words_for
from zhicheng.ground.notices.loaded import Stated, shipped
from zhicheng.ground.notices.models import Channel
from zhicheng.ground.notices.registry import Offer, Template, Topic, known_steps
from zhicheng.ground.notices.stopping import SAMPLE_STOP

SAMPLE_LINK = "/track/?number=TS-3704-2026-000123-5"


def sample_values(template: Template, language: str, process: str = "", step: str = "") -> dict[str, Value]:
    """A value for every place of the template, in one language; of a step its own label."""
    values: dict[str, Value] = {one.name: _sample(one, language) for one in template.offers}
    known = known_steps()
    named = known.get(process) or {verb: label for verbs in known.values() for verb, label in verbs.items()}
    if step in named and "step" in values:
        with translation.override(language):
            values["step"] = gettext(named[step])
    values["url"] = f"{settings.BASE_URL}{SAMPLE_LINK}"
    values["stop"] = f"{settings.BASE_URL}{SAMPLE_STOP}"
    return values


def sampled(template: Template, stated: Stated, language: str) -> tuple[str, str]:
    """Title and text of some words with sample values."""
    values = sample_values(template, language, stated.process, stated.step)
    return fill(stated.said.title(language), values).strip(), fill(stated.said.text(language), values).strip()


def longest_parts(text: str, template: Template, process: str, language: str) -> int:
    """In how many parts the text goes with the longest label of a step and the house's line under it.

    Reads no database: a pack can be checked anywhere.
    """
    with translation.override(language):
        known = known_steps()
        of = [known[process]] if process in known else list(known.values())
        labels = [gettext(label) for verbs in of for label in verbs.values()]
    values = sample_values(template, language)
    if "step" in values and labels:
        values["step"] = max([*labels, str(values["step"])], key=len)
    foot = shipped(("foot_progress", "", "", Channel.SMS.value)) if template.topic is not Topic.FOOT else None
    under = foot.text(language) if foot else ""
    return parts_of(" ".join(filter(None, (fill(text, values), fill(under, values)))))


def foot_text(foot: str, channel: Channel, path: str, language: str) -> str:
    """What stands under a message by a channel, with its places; empty if there is nothing to say there."""
    return words_for(foot, "", "", channel, path).text(language) if has_words(foot, "", "", channel, path) else ""


def _sample(offer: Offer, language: str) -> str:
    return offer.zh if language.startswith("zh") else offer.en
