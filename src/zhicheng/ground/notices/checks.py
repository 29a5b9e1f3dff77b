"""What may be wrong with the words and the quiet hours of a pack."""

from collections.abc import Iterator
from typing import Any

from zhicheng.core.phrases import PhraseError, places
from zhicheng.core.words import words
from zhicheng.ground.notices.entries import WordingEntry
from zhicheng.ground.notices.models import Channel
from zhicheng.ground.notices.registry import Template, known_steps, list_templates
from zhicheng.ground.notices.rules import MOST_PARTS
from zhicheng.ground.notices.sampling import longest_parts
from zhicheng.ground.packs.api import Contents, Problem, Section

TEXTS = ("title_zh", "title_en", "text_zh", "text_en")


def check_wordings(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """Every row names a template that exists, a step that tells somebody, and only what that template offers."""
    templates = {one.key: one for one in list_templates()}
    for line in contents.of(section.name):
        row: WordingEntry = line.row
        template = templates.get(row.template)
        for column, found, expected, params in wording_faults(row, template):
            yield Problem(section.file, line.place, column, found, expected, params)


def check_exempt(section: Section[Any], contents: Contents) -> Iterator[Problem]:
    """What is sent at night is a step that tells somebody."""
    known = [f"{process}.{verb}" for process, verbs in known_steps().items() for verb in verbs]
    for line in contents.of(section.name):
        for one in line.row.exempt:
            if one not in known:
                expected = words("process.step of a step that tells somebody")
                yield Problem(section.file, line.place, "exempt", f"“{one}”", expected)


Fault = tuple[str, str, str, dict[str, object]]
"""Column, what was found there, what was expected, and the values of that sentence."""


def wording_faults(row: WordingEntry, template: Template | None) -> Iterator[Fault]:
    """Everything that is wrong with one row of words."""
    if template is None:
        names = ", ".join(one.key for one in list_templates())
        yield "template", f"“{row.template}”", words("one of {names}"), {"names": names}
        return
    yield from _step_faults(row, template)
    if Channel.SMS.value == row.channel:
        yield from _titled(row, wanted=False)
    else:
        yield from _titled(row, wanted=True)
    faults = [fault for column in TEXTS for fault in _place_faults(row, template, column)]
    yield from faults
    if not faults and Channel.SMS.value == row.channel:
        yield from _length_faults(row, template)


def _step_faults(row: WordingEntry, template: Template) -> Iterator[Fault]:
    if (row.process or row.step) and not template.by_step:
        expected = words("nothing, because “{template}” has the same words for every step")
        yield "process" if row.process else "step", row.process or row.step, expected, {"template": template.key}
        return
    known = known_steps()
    if row.process and row.process not in known:
        yield "process", f"“{row.process}”", words("one of {names}"), {"names": ", ".join(sorted(known))}
        return
    verbs = set(known[row.process]) if row.process else {verb for one in known.values() for verb in one}
    if row.step and row.step not in verbs:
        expected = words("a step that tells somebody: {names}")
        yield "step", f"“{row.step}”", expected, {"names": ", ".join(sorted(verbs))}


def _titled(row: WordingEntry, *, wanted: bool) -> Iterator[Fault]:
    for column in ("title_zh", "title_en"):
        value = getattr(row, column)
        if wanted and not value:
            yield column, "—", words("a title"), {}
        if not wanted and value:
            yield column, f"“{value}”", words("nothing, because a text message has no title"), {}


def _place_faults(row: WordingEntry, template: Template, column: str) -> Iterator[Fault]:
    try:
        named = places(getattr(row, column))
    except PhraseError as error:
        yield column, f"“{getattr(row, column)[:60]}”", error.message, dict(error.params)
        return
    offered = template.places
    sms = Channel.SMS.value == row.channel
    allowed = sorted(name for name, one in offered.items() if one.on_sms or not sms)
    for name in sorted(named - set(allowed)):
        expected = words("only places that this template offers: {names}")
        if name in offered:
            expected = words("only what a text message may show, for anybody reads it: {names}")
        yield column, f"{{{name}}}", expected, {"names": ", ".join(f"{{{one}}}" for one in allowed)}


def _length_faults(row: WordingEntry, template: Template) -> Iterator[Fault]:
    for column, language in (("text_zh", "zh-hans"), ("text_en", "en")):
        parts = longest_parts(getattr(row, column), template, row.process, language)
        if parts > MOST_PARTS:
            expected = words("at most {limit} parts of a text message, with its addresses and longest values")
            yield column, str(parts), expected, {"limit": MOST_PARTS}
