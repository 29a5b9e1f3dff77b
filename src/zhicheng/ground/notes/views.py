"""Pages of notes: writing one, deleting one, and putting a mention away."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhicheng.core.access import Role, Subject
from zhicheng.core.refused import Refused
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.notes.forms import NoteForm
from zhicheng.ground.notes.models import Mention, Note
from zhicheng.ground.notes.queries import list_mentionable, noted_matter
from zhicheng.ground.notes.services import erase_note, see_mention, write_note
from zhicheng.ground.proceedings.api import subject_kind
from zhicheng.ground.ui.templatetags.house import sentence

BODIES = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)


@never_cache
@needs_role(*BODIES)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActorRequest, kind: str, subject_id: int) -> HttpResponseBase:
    """Writes a note on a record; what was typed is kept when it is refused."""
    about, now = _about(kind, subject_id), clock.now()
    matter = noted_matter(about, request.actor)
    if matter is None:
        raise Http404
    possible = list_mentionable(matter, request.actor, now)
    form = NoteForm(request.POST if request.method == "POST" else None, possible=possible)
    if form.is_valid():
        given = form.cleaned_data
        try:
            write_note(
                about=about, text=given["text"], key=given["key"], by=request.actor, now=now,
                mentioned=given.get("mentioned", ()),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, gettext("The note is written."))
            return redirect(subject_kind(kind).address(subject_id))
    number, title = subject_kind(kind).titles([subject_id])[subject_id]
    context = {"form": form, "number": number, "title": title, "back": subject_kind(kind).address(subject_id)}
    return render(request, "notes/write.html", context, status=422 if form.errors else 200)


@needs_role(*BODIES)
@require_POST
def erase(request: ActorRequest, note_id: int) -> HttpResponseBase:
    """Deletes what a note says."""
    found = Note.objects.visible_to(request.actor).filter(pk=note_id).first()
    if found is None:
        raise Http404
    try:
        erase_note(note=found.pk, by=request.actor, now=clock.now())
        messages.success(request, gettext("What the note said is deleted."))
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
    return redirect(subject_kind(found.about_kind).address(found.about_id))


@needs_role(*BODIES)
@require_POST
def seen(request: ActorRequest, mention_id: int) -> HttpResponseBase:
    """Takes a mention out of the reader's inbox."""
    try:
        see_mention(mention=mention_id, by=request.actor, now=clock.now())
    except Mention.DoesNotExist:
        raise Http404 from None
    return redirect(settings.LOGIN_REDIRECT_URL)


def _about(kind: str, subject_id: int) -> Subject:
    try:
        return (subject_kind(kind).key, subject_id)
    except LookupError:
        raise Http404 from None
