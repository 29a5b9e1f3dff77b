"""What features tell documents at start-up: which forms they fill, and with what."""

from collections.abc import Callable
from dataclasses import dataclass

from zhicheng.ground.documents.layouts import ISSUER, LAW, Layout, Particulars
from zhicheng.ground.proceedings.api import Taking

__all__ = ["FormSource", "Particulars", "find_source", "form_source", "list_sources", "register_form"]


@dataclass(frozen=True)
class FormSource:
    """Who fills a form: `names` are the values that `particulars` gives for a step that was taken.

    `particulars` is asked in the step's transaction, after everything else that follows from the step, and gives
    None where a step was taken in a way that the form is not for. A form that no step issues has none: whoever
    issues it brings what stands in it. Where a paper `replaces`, those that
    the proceeding issued before of this form are revoked by it: two of them cannot hold at once.
    """

    form: str
    subject_kind: str
    names: frozenset[str]
    particulars: Callable[[Taking], Particulars | None] | None
    replaces: bool = False

    def unknown(self, layout: Layout) -> list[str]:
        """The places of a layout that neither this source nor the layout's own provisions fill."""
        stated = {f"{LAW}{one.key}" for one in layout.provisions}
        return sorted(set(layout.places()) - self.names - ISSUER - stated)


_sources: dict[str, FormSource] = {}


def register_form(source: FormSource) -> None:
    """Adds a form. Raises ValueError if another app fills it already."""
    if source.form in _sources:
        raise ValueError(f"form {source.form!r} is registered twice")
    _sources[source.form] = source


def find_source(form: str) -> FormSource | None:
    """Who fills the form, if anybody does."""
    return _sources.get(form)


def form_source(form: str) -> FormSource:
    """Who fills the form; raises LookupError."""
    found = find_source(form)
    if found is None:
        raise LookupError(f"no form {form!r} is registered")
    return found


def list_sources() -> list[FormSource]:
    """Every registered form, by its key."""
    return [_sources[form] for form in sorted(_sources)]
