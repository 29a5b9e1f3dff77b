"""The words of a notice, from its template and codes.

A template is a pair of text files, `notices/<template>.zh-hans.txt` and `.en.txt`, in any app's templates: the
first line is the subject, an empty line, then the body. It sees the notice's codes and `url`.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist, engines
from django.template.backends.django import DjangoTemplates
from django.utils import translation

from zhicheng.ground.notices.models import Notice


@dataclass(frozen=True)
class Words:
    """What the recipient reads."""

    title: str
    text: str


def require_template(template: str) -> None:
    """Raises LookupError if the template is missing in one of the languages, before anything is promised."""
    for code, _ in settings.LANGUAGES:
        try:
            _engine().get_template(_file(template, code))
        except TemplateDoesNotExist as error:
            raise LookupError(f"there is no notice template {_file(template, code)}") from error


def render(notice: Notice, language: str | None = None) -> Words:
    """The words in `language`, else in the language that is active."""
    active = language or translation.get_language() or settings.LANGUAGE_CODE
    code = active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    url = f"{settings.BASE_URL}{notice.link}"
    with translation.override(code):
        template = _engine().get_template(_file(notice.template, code))
        written = template.render(Context({**notice.params, "url": url}, autoescape=False))
    title, _, text = written.strip().partition("\n")
    return Words(title.strip(), text.strip())


def _file(template: str, code: str) -> str:
    return f"notices/{template}.{code}.txt"


def _engine() -> Engine:
    backend = engines.all()[0]
    assert isinstance(backend, DjangoTemplates)
    return backend.engine
