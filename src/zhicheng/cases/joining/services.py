"""What follows from the steps that join cases and part them, in their transactions."""

from zhicheng.cases.handover.rules import DESK
from zhicheng.cases.joining.models import CURRENT, Joint, Manner
from zhicheng.cases.joining.rules import FOLLOWING
from zhicheng.cases.models import SUBJECT, Case
from zhicheng.core.access import Role
from zhicheng.core.process import Refusal
from zhicheng.core.words import words
from zhicheng.ground.ledger.api import record, take_turn
from zhicheng.ground.notices.api import Recipient, notify
from zhicheng.ground.proceedings.api import (
    Proceeding,
    StepRefused,
    Taking,
    is_silenced,
    proceeding_of,
    settle,
    subject_kind,
)

DESK_ROLES = frozenset(DESK)
ENDED = words("{number} is not being handled any more, so it cannot lead.")


def follow(taking: Taking) -> None:
    """The case follows the one that the step names."""
    leading, current = _leading(taking)
    if current.state == FOLLOWING.key:
        raise _refused(ENDED, leading)
    _join(taking, leading, Manner.FOLLOWS)


def join(taking: Taking) -> None:
    """The case is handled together with the one that the step names."""
    leading, _ = _leading(taking)
    if Joint.objects.filter(CURRENT, later=leading).exists():
        raise _refused(words("{number} is joined to an earlier case itself: name that one."), leading)
    if Joint.objects.filter(CURRENT, leading=taking.before.subject[1], manner=Manner.TOGETHER).exists():
        raise _refused(
            words("Other cases are handled together with this one: join each of them to {number}."), leading
        )
    _join(taking, leading, Manner.TOGETHER)


def part(taking: Taking) -> None:
    """The case is handled by itself again."""
    joint = Joint.objects.filter(CURRENT, later=taking.before.subject[1]).select_related("leading").get()
    joint.parted_at = taking.now
    joint.save(update_fields=["parted_at"])
    write_down("case.parted", joint, taking)


def end(taking: Taking) -> None:
    """The case has ended with the one it followed: its own loop goes on to the call-back."""
    settle(taking.before.subject, now=taking.now)


def after_leading_step(taking: Taking) -> None:
    """Whoever follows is told what is told in the leading case, and goes on when that has ended."""
    followers = list_followers_of(taking.before.subject[1], taking.before.process.key)
    if not followers:
        return
    if not is_silenced() and Role.REPORTER in taking.step.notify:
        _tell(taking, followers)
    if not taking.before.process.state(taking.to_state).is_open:
        for later in followers:
            settle((SUBJECT, later.pk), now=taking.now)


def list_followers_of(case_id: int, kind: str) -> list[Case]:
    """The cases whose proceeding of this kind follows that of a case, the oldest first."""
    waiting = Proceeding.objects.filter(subject_kind=SUBJECT, kind=kind, state=FOLLOWING.key).values("subject_id")
    found = Joint.objects.filter(CURRENT, leading=case_id, manner=Manner.FOLLOWS, later__in=waiting)
    return [joint.later for joint in found.select_related("later__area").order_by("later_id")]


def _leading(taking: Taking) -> tuple[Case, Proceeding]:
    """The case that the step names and its open matter of this kind, with its turn taken. Raises StepRefused."""
    later = Case.objects.get(pk=taking.before.subject[1])
    leading = Case.objects.visible_to(taking.by).filter(number=str(taking.data["leading"])).first()
    if leading is None or leading.historical:
        raise _refused_number(
            words("No case that you see has the number “{number}”."), str(taking.data["leading"])
        )
    if leading.pk == later.pk:
        raise _refused(words("{number} is this case itself."), leading)
    if (leading.received_at, leading.pk) > (later.received_at, later.pk):
        raise _refused(words("The case that came first leads, and {number} came later."), leading)
    take_turn((SUBJECT, leading.pk))
    current = proceeding_of((SUBJECT, leading.pk), taking.before.process.key)
    if current is None:
        raise _refused(words("{number} is a matter of another kind."), leading)
    if not current.is_open:
        raise _refused(ENDED, leading)
    if DESK_ROLES.isdisjoint(taking.by.roles_on(current.matter())):
        raise _refused(words("{number} is with another body: only cases of one body are joined."), leading)
    return leading, current


def _join(taking: Taking, leading: Case, manner: Manner) -> None:
    """Whatever it was joined to before, in a proceeding that ended, it is not joined to any more."""
    before = Joint.objects.filter(CURRENT, later=taking.before.subject[1])
    before.update(parted_at=taking.now)
    joint = Joint.objects.create(
        later_id=taking.before.subject[1], leading=leading, manner=manner, joined_at=taking.now
    )
    write_down("case.joined", joint, taking)


def write_down(act: str, joint: Joint, taking: Taking) -> None:
    """An entry in the leading case's chain; in the later one's, the step is."""
    body = {"joint": joint.pk, "later": joint.later.number, "manner": str(joint.manner)}
    record(subject=(SUBJECT, joint.leading_id), act=act, by=taking.by, now=taking.now, body=body)


def _tell(taking: Taking, followers: list[Case]) -> None:
    """The reporters of what follows are told of the leading case's step, under the number of their own."""
    kind, state = subject_kind(SUBJECT), taking.before.process.state(taking.to_state).label
    for later in followers:
        contact = kind.contact(later.pk)
        notify(
            recipients=[Recipient.contact(contact)] if contact is not None else [], template="reported_moved",
            params={"number": later.number, "step": taking.step.label, "state": state, "due": None},
            subject=(SUBJECT, later.pk), now=taking.now, occasion=f"{taking.before.id}.{taking.number}",
            link=kind.public_address(later.pk), area=later.area, process=taking.before.process.key,
            step=taking.step.verb,
        )  # fmt: skip


def _refused(message: str, leading: Case) -> StepRefused:
    return _refused_number(message, leading.number)


def _refused_number(message: str, number: str) -> StepRefused:
    return StepRefused([Refusal(message, {"number": number}, field="leading")])


JOINING = {"follow": follow, "join": join, "part": part, "come_back": part, "end_with": end}
"""What follows from the steps of `joining.rules`, in every kind."""
