"""What cases tell the house at start-up."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from zhicheng.cases import navigation, panels
from zhicheng.cases.archiving.panel import filing_panel
from zhicheng.cases.archiving.queries import file_of
from zhicheng.cases.consequences import after_step
from zhicheng.cases.demands import demands_of_cases
from zhicheng.cases.guarding import facts_of
from zhicheng.cases.hotline.snippets import SNIPPET, visible_snippet_ids
from zhicheng.cases.hotspots import told as hot_spots_told
from zhicheng.cases.joining.panel import joining_panel
from zhicheng.cases.kinds import KINDS
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.replies.section import REPLIES
from zhicheng.cases.rules import LOOP
from zhicheng.cases.signs.panel import signs_panel
from zhicheng.cases.told import told_panel
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.words import words
from zhicheng.ground.archive.api import archive_panel
from zhicheng.ground.archive.registry import FiledKind, register_filed
from zhicheng.ground.cards.api import cards_panel
from zhicheng.ground.documents.api import papers_panel
from zhicheng.ground.documents.registry import register_form
from zhicheng.ground.instructions.api import instructions_panel
from zhicheng.ground.notes.api import notes_panel
from zhicheng.ground.objects.registry import register_use
from zhicheng.ground.packs.api import demand, register_section
from zhicheng.ground.proceedings.api import Proceeding, SubjectKind, register_process, register_subject
from zhicheng.ground.search.api import SearchSource, register_source
from zhicheng.ground.ui.panels import register_panel


def register() -> None:
    """Registers tables, subject, search and navigation; called once, when the app is ready."""
    navigation.register()
    panels.register()
    hot_spots_told.register()
    register_panel(SUBJECT, papers_panel(SUBJECT))
    register_panel(SUBJECT, archive_panel(SUBJECT))
    register_panel(SUBJECT, filing_panel())
    register_panel(SUBJECT, joining_panel())
    register_filed(FiledKind(SUBJECT, file_of, "cases:ready", words("Ready for the archive")))
    register_panel(SUBJECT, instructions_panel(SUBJECT))
    register_panel(SUBJECT, cards_panel(SUBJECT))
    register_panel(SUBJECT, signs_panel())
    register_panel(SUBJECT, told_panel())
    register_panel(SUBJECT, notes_panel(SUBJECT))
    register_use(lambda sites: Case.objects.filter(site__in=sites).count())
    register_source(SearchSource(SUBJECT, words("Case"), visible_ids, address_of, numbers_of))
    register_source(SearchSource(SNIPPET, words("Knowledge"), visible_snippet_ids, snippet_address_of))
    register_section(REPLIES)
    register_process(LOOP)
    for process in (version for kind in KINDS for version in kind.versions):
        register_process(process)
    demand(demands_of_cases)
    for form in dict.fromkeys(form for kind in KINDS for form in kind.forms):
        register_form(form)
    register_subject(
        SubjectKind(
            key=SUBJECT,
            facts=facts_of,
            after_step=after_step,
            address=address_of,
            titles=titles_of,
            public_address=public_address_of,
            contact=contact_of,
            handler=handler_of,
        )
    )


def visible_ids(actor: Actor) -> QuerySet[Case, int]:
    """The ids of the cases that the actor may see."""
    return Case.objects.counted_for(actor).values_list("id", flat=True)


def numbers_of(case_ids: Collection[int]) -> dict[int, str]:
    """The number of each case and the day on which it was received: they tell cases of one title apart."""
    rows = Case.objects.filter(id__in=case_ids).values_list("id", "number", "received_at") if case_ids else ()
    return {id_: f"{number} · {local(received_at).date()}" for id_, number, received_at in rows}


def address_of(case_id: int) -> str:
    """The desk's page of a case, by its id: lists of many records ask for no number."""
    return reverse("cases:by_id", args=[case_id])


def snippet_address_of(snippet_id: int) -> str:
    """The page of a snippet of knowledge."""
    return reverse(settings.PAGES["snippet"], args=[snippet_id])


def public_address_of(case_id: int) -> str:
    """Where the reporter follows the case; the secret is asked there."""
    page = reverse(settings.PAGES["tracking"])
    return f"{page}?number={_number(case_id)}"


def handler_of(case_id: int) -> int | None:
    """The body that has the case's latest departmental proceeding: transfers move that and not the loop."""
    found = Proceeding.objects.filter(subject_kind=SUBJECT, subject_id=case_id).exclude(kind=LOOP.key)
    return found.order_by("-id").values_list("holder_id", flat=True).first()


def contact_of(case_id: int) -> int | None:
    """The contact of the reporter, if a name, a number or an e-mail address was left: a place alone is nobody."""
    left = ("name_sealed", "phone_sealed", "email_sealed")
    named = Q(*((f"reporter__{field}__gt", "") for field in left), _connector=Q.OR)
    return Case.objects.filter(named, id=case_id).values_list("reporter_id", flat=True).first()


def titles_of(case_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Number and title of many cases, with one query."""
    rows = Case.objects.filter(id__in=case_ids).values_list("id", "number", "title")
    return {id_: (number, title) for id_, number, title in rows}


def _number(case_id: int) -> str:
    return Case.objects.values_list("number", flat=True).get(id=case_id)
