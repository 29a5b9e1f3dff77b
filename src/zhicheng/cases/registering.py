"""The registration form of a matter: made out of how it was opened, once, when staff ask for it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from zhicheng.cases.kinds import KINDS
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.cases.registration_forms import registered
from zhicheng.cases.reports.leads import noticed_among
from zhicheng.cases.reports.rules import was_noticed
from zhicheng.core.access import Actor, Role
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.ground.documents.api import Document, Occasion, issue, list_issued
from zhicheng.ground.proceedings.api import Proceeding, read_situation, refuse_if_kept, why_kept

REGISTRATIONS = {kind.key: kind.registration for kind in KINDS if kind.registration}
WHO = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER})


def list_registrable(case: Case, proceedings: Iterable[Proceeding], by: Actor) -> list[Proceeding]:
    """The proceedings whose registration form the actor may make out and nobody has yet."""
    if case.erased_at is not None or why_kept((SUBJECT, case.id)) is not None:
        return []
    mine = [
        one for one in proceedings if one.kind in REGISTRATIONS and not WHO.isdisjoint(by.roles_on(one.matter()))
    ]
    noticed = noticed_among([one.pk for one in mine])
    return [one for one in mine if one.pk not in noticed and not _made_out(one.id, one.kind, case)]


@transaction.atomic
def make_out_registration(*, case: Case, proceeding: int, by: Actor, now: datetime) -> Document:
    """The registration form of one proceeding of the case; the one that was made out before, if there is one.

    Raises Refused for anybody but the staff of the body that holds the matter, where there is no such form, and
    once the personal data were deleted.
    """
    situation = read_situation(proceeding, lock=True)
    if situation is None or situation.subject != (SUBJECT, case.id) or situation.process.key not in REGISTRATIONS:
        raise Refused(words("This matter has no registration form."))
    if was_noticed(situation.history[0].data):
        raise Refused(words("The body noticed this itself: there is nobody whose report could be registered."))
    if WHO.isdisjoint(by.roles_on(situation.matter)):
        raise Refused(words("Only the body that holds the matter makes out its registration form."))
    made = _made_out(proceeding, situation.process.key, case)
    if made:
        return made[0]
    refuse_if_kept((SUBJECT, case.id))
    if case.erased_at is not None:
        raise Refused(words("These personal data were deleted"))
    holder = situation.matter.holder
    assert holder is not None, "whoever has a role here belongs to the holder"
    occasion = Occasion(
        situation.subject, proceeding, situation.matter.area_path, holder, simulated=situation.simulated
    )
    form = REGISTRATIONS[situation.process.key]
    return issue(form=form, particulars=registered(situation, case, form), occasion=occasion, by=by, now=now)


def _made_out(proceeding: int, kind: str, case: Case) -> list[Document]:
    return list_issued((SUBJECT, case.id), proceeding=proceeding, form=REGISTRATIONS[kind])
