"""Pages of instructions: writing one, and one with its steps and history."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.core.typed import read_id
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.instructions.forms import InstructionForm
from zhicheng.ground.instructions.models import SUBJECT, Instruction
from zhicheng.ground.instructions.page import build_page
from zhicheng.ground.instructions.queries import instructed_matter
from zhicheng.ground.instructions.services import instruct
from zhicheng.ground.proceedings.api import Proceeding, StepRefused, subject_kind
from zhicheng.ground.ui.offers import offer_label
from zhicheng.ground.ui.step_form import StepForm, StepTaken, run_step_form
from zhicheng.ground.ui.templatetags.house import sentence

BODIES = (Role.CLERK, Role.OFFICER, Role.LEADER)


@never_cache
@needs_role(Role.LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActorRequest, kind: str, subject_id: int) -> HttpResponseBase:
    """Writes an instruction on a record's open matter; what was typed is kept when it is refused."""
    try:
        about = (subject_kind(kind).key, subject_id)
    except LookupError:
        raise Http404 from None
    matter, now = instructed_matter(about, request.actor), clock.now()
    if matter is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = InstructionForm(area_path=matter.area.path, now=now, data=sent)
    if form.is_valid():
        try:
            written = instruct(
                about=about, told=form.told, key=form.cleaned_data["key"], by=request.actor, now=now
            )  # fmt: skip
            messages.success(request, gettext("The instruction is written; its officers are told."))
            return redirect("instructions:instruction", written.pk)
        except StepRefused as refused:
            for refusal in refused.refusals:
                form.add_error(refusal.field or None, sentence(refusal.message, refusal.params))
        except Refused as refused:
            form.add_error(None, sentence(refused.message, refused.params))
    number, title = subject_kind(kind).titles([subject_id])[subject_id]
    context = {"form": form, "number": number, "title": title, "back": subject_kind(kind).address(subject_id)}
    return render(request, "instructions/write.html", context, status=422 if form.is_bound else 200)


@never_cache
@needs_role(*BODIES)
@require_http_methods(["GET", "HEAD", "POST"])
def instruction(request: ActorRequest, instruction_id: int) -> HttpResponseBase:
    """One instruction: what it says, what may be done now, what happened."""
    found = Instruction.objects.visible_to(request.actor).filter(id=instruction_id).first()
    if found is None:
        raise Http404
    refused = None
    if request.method == "POST":
        sent = _take(request, found)
        if isinstance(sent, StepTaken):
            messages.success(request, gettext("Done: %(what)s") % {"what": offer_label(sent.step)})
            return redirect("instructions:instruction", found.pk)
        refused = sent
    page = build_page(found, request.actor, now=clock.now(), refused=refused)
    return render(request, "instructions/instruction.html", {"page": page}, status=422 if refused else 200)


def _take(request: ActorRequest, found: Instruction) -> StepTaken | StepForm:
    typed, _, verb = request.POST.get("step", "").partition("-")
    own = Proceeding.objects.filter(subject_kind=SUBJECT, subject_id=found.pk).values_list("id", flat=True)
    proceeding = read_id(typed)
    if proceeding is None or proceeding not in set(own):
        raise Http404
    return run_step_form(request, proceeding=proceeding, verb=verb, by=request.actor, now=clock.now())
