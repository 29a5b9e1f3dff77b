"""The knowledge of the hotline: kept current by its people, found while a reporter speaks."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from zhicheng.cases.hotline.models import Snippet
from zhicheng.core.access import Actor
from zhicheng.core.search import bigrams
from zhicheng.ground.areas.api import Area
from zhicheng.ground.ledger.api import record
from zhicheng.ground.search.api import index, remove, terms_of

SNIPPET = "snippet"
MOST_SUGGESTED = 3


@transaction.atomic
def save_snippet(
    *, snippet: Snippet | None, area: Area, title: str, text: str, source: str, by: Actor, now: datetime,
    reviewed_on: date, sample: bool = False,
) -> Snippet:  # fmt: skip
    """Adds a snippet, or brings one up to date; a retired one is in use again afterwards."""
    kept = snippet or Snippet(area=area)
    kept.area, kept.title, kept.text, kept.source = area, title, text, source
    kept.reviewed_on, kept.retired_on, kept.sample = reviewed_on, None, sample
    kept.save()
    index(subject=(SNIPPET, kept.id), title=title, text=text)
    act = "snippet.revise" if snippet else "snippet.add"
    record(subject=(SNIPPET, kept.id), act=act, by=by, now=now, body={"title": title, "area": area.id})
    return kept


@transaction.atomic
def retire_snippet(*, snippet: Snippet, by: Actor, now: datetime, on: date) -> None:
    """Takes a snippet out of use; retiring it twice changes nothing."""
    current = Snippet.objects.select_for_update().get(pk=snippet.pk)
    if current.retired_on is not None:
        return
    current.retired_on = on
    current.save(update_fields=["retired_on"])
    remove((SNIPPET, current.id))
    record(subject=(SNIPPET, current.id), act="snippet.retire", by=by, now=now, body={})


def suggest_snippets(actor: Actor, text: str) -> list[Snippet]:
    """The snippets that share most words with what the reporter says."""
    said = frozenset(bigrams(text))
    shared = {one: len(said & words) for one, words in terms_of(SNIPPET, visible_snippet_ids(actor)).items()}
    ids = sorted((one for one, count in shared.items() if count), key=lambda one: (-shared[one], -one))
    found = Snippet.objects.in_bulk(ids[:MOST_SUGGESTED])
    return [found[one] for one in ids[:MOST_SUGGESTED]]


def visible_snippet_ids(actor: Actor) -> QuerySet[Snippet, int]:
    """The ids of the snippets in use that the actor may see."""
    return Snippet.objects.visible_to(actor).filter(retired_on__isnull=True).values_list("id", flat=True)
