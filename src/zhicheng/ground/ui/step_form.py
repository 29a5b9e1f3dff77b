"""Taking a step by a form: one form and one way to send it for the desk, the company's page and the portal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext, gettext_lazy

from zhicheng.core.access import OUTSIDE, Actor
from zhicheng.core.blanks import first_gap
from zhicheng.core.clock import LOCAL
from zhicheng.core.process import Need, NeedKind, Process, Refusal, Step
from zhicheng.core.refused import Refused, Unprepared
from zhicheng.core.words import words
from zhicheng.ground.proceedings.api import (
    Proceeding,
    Situation,
    StepConflict,
    StepRefused,
    Taking,
    advance,
    read_situation,
)
from zhicheng.ground.ui.organization_field import Offers
from zhicheng.ground.ui.organizations import competent_bodies
from zhicheng.ground.ui.outside import told_outside
from zhicheng.ground.ui.step_fields import field_for
from zhicheng.ground.ui.templatetags.house import moment, sentence

NO_OFFERS: Mapping[str, Offers] = {}
Templates = Callable[[Situation, Step, Need], Sequence[tuple[str, str]]]
"""The texts that can be inserted in a field: pairs of a value and a title."""


def no_templates(situation: Situation, step: Step, need: Need) -> Sequence[tuple[str, str]]:
    """Nothing can be inserted."""
    return ()


class StepForm(forms.Form):
    """What a step asks for, as `ui/step_form.html` shows it.

    `offers` lists organizations to choose from, by the need's key: the chain of a building for the responsible
    company. `expected_number` is the number of the last step that the person saw. `templates` gives what can be
    inserted in its texts. A form that is not `checked` is shown as typed, without a word on what is missing.
    """

    expected_number = forms.IntegerField(
        min_value=1, widget=forms.HiddenInput, label=gettext_lazy("State of the matter")
    )

    def __init__(
        self, situation: Situation, step: Step, *, now: datetime, offers: Mapping[str, Offers] = NO_OFFERS,
        templates: Templates = no_templates, data: Any = None, files: Any = None, checked: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(
            data, files, prefix=f"{situation.id}-{step.verb}", initial={"expected_number": situation.number}
        )
        self.situation, self.step, self.checked = situation, step, checked
        today = now.astimezone(LOCAL).date()
        for need in step.needs:
            self.fields[need.key] = field_for(
                need, area_path=situation.matter.area_path, today=today, opened_on=situation.opened_on,
                offers=offers.get(need.key) or _bodies(need, situation, today),
            )  # fmt: skip
            if need.kind is NeedKind.TEXT:
                self.fields[need.key].insertable = templates(situation, step, need)  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Checks what was typed, unless the form is only being filled in."""
        if self.checked:
            super().full_clean()
        else:
            self._errors = ErrorDict()

    def clean(self) -> None:
        """A text in which something is still to be filled in is not sent."""
        for need in self.step.needs:
            gap = first_gap(self.cleaned_data.get(need.key) or "") if need.kind is NeedKind.TEXT else None
            if gap is not None:
                message = words("“{label}” still has a place to fill in: {gap}.")
                self.add_error(need.key, sentence(message, {"label": need.label, "gap": gap}))

    @property
    def inserts(self) -> bool:
        """Whether there is anything to insert in one of its texts."""
        return any(getattr(field, "insertable", ()) for field in self.fields.values())

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, by the needs' keys."""
        return {need.key: self.cleaned_data[need.key] for need in self.step.needs if self._filled(need.key)}

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Says each refusal at its field, or above the form if it concerns none."""
        for refusal in refusals:
            at = refusal.field if refusal.field in self.fields else None
            self.add_error(at, sentence(refusal.message, refusal.params))

    def overtaken(self, now_at: Situation) -> None:
        """Says that the matter was moved meanwhile; sent once more, the form acts on how it stands now."""
        latest = now_at.history[-1]
        message = words(
            "Meanwhile “{step}” was done ({at}); the matter is now in the state “{state}”. "
            "Look at it again: if your step is still right, send it once more."
        )
        label = gettext(_label_of(now_at.process, latest.verb))
        state = now_at.process.state(now_at.state).label
        self.add_error(None, sentence(message, {"step": label, "at": moment(latest.at), "state": state}))
        sent = cast(QueryDict, self.data).copy()
        sent[self.add_prefix("expected_number")] = str(now_at.number)
        self.data = sent

    def _filled(self, key: str) -> bool:
        return self.cleaned_data.get(key) not in (None, "", [])


@dataclass(frozen=True)
class StepTaken:
    """The step stands. `taking` is None if it had been taken already by an earlier send of the same form."""

    step: Step
    taking: Taking | None


def run_step_form(
    request: HttpRequest, *, proceeding: int, verb: str, by: Actor, now: datetime,
    offers: Mapping[str, Offers] = NO_OFFERS, templates: Templates = no_templates,
) -> StepTaken | StepForm:  # fmt: skip
    """The form of a step, or, if it was posted and everything is right, the step taken.

    What is wrong is said in the form, with what was typed kept. Raises Http404 if the actor may not see the
    matter or its table has no such step.
    """
    situation, step = step_asked_for(proceeding, verb, by)
    if request.method != "POST":
        return StepForm(situation, step, now=now, offers=offers, templates=templates)
    form = StepForm(
        situation, step, now=now, offers=offers, templates=templates, data=request.POST, files=request.FILES
    )
    return _send(form, by, now) if form.is_valid() else form


def step_asked_for(proceeding: int, verb: str, by: Actor) -> tuple[Situation, Step]:
    """How a matter stands, and one of the steps of its table; raises Http404 like `run_step_form`."""
    situation = read_situation(proceeding)
    if situation is None or not by.sees(situation.matter):
        raise Http404
    return situation, _step_of(situation, verb)


def _send(form: StepForm, by: Actor, now: datetime) -> StepTaken | StepForm:
    try:
        taking = advance(
            proceeding=form.situation.id, verb=form.step.verb, by=by, now=now, data=form.given,
            expected_number=form.cleaned_data["expected_number"],
        )  # fmt: skip
    except StepConflict as conflict:
        if conflict.repeated:
            return StepTaken(form.step, None)
        form.overtaken(conflict.situation)
    except StepRefused as refused:
        form.refuse(refused.refusals)
    except Refused as refused:
        form.add_error(None, _told(refused, form, by))
    except Proceeding.DoesNotExist:
        raise Http404 from None
    else:
        return StepTaken(form.step, taking)
    return form


def _bodies(need: Need, situation: Situation, today: date) -> Offers:
    """Whom a matter can be handed to or shared with: the other bodies competent for its place."""
    if need.kind is not NeedKind.BODY:
        return ()
    matter = situation.matter
    found = competent_bodies(matter.area_path, matter.domain if need.own_domain else None, today)
    return [(body, name) for body, name in found if body != matter.holder]


def _told(refused: Refused, form: StepForm, by: Actor) -> str:
    if isinstance(refused, Unprepared) and by.roles_on(form.situation.matter) <= OUTSIDE:
        return told_outside(refused)
    return sentence(refused.message, refused.params)


def _step_of(situation: Situation, verb: str) -> Step:
    """The step as it can be taken now; if the matter has moved on, as it could be, so that the form can say so."""
    anywhere = (step for step in situation.process.steps if step.verb == verb)
    step = situation.process.step(situation.state, verb) or next(anywhere, None)
    if step is None:
        raise Http404
    return step


def _label_of(process: Process, verb: str) -> str:
    """The words of a step by its verb."""
    return next((step.label for step in process.steps if step.verb == verb), "") or verb
