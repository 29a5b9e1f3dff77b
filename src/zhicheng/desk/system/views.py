"""How the installation is. Read-only, but for trying failed jobs again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.desk.system.health import read_disk, read_installation, read_missing_year, read_packs, read_seal
from zhicheng.desk.system.queue import read_queue, retry
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.ui.templatetags.house import sentence

system_only = needs_role(Role.SYSTEM_ADMINISTRATOR)


@never_cache
@system_only
@require_safe
def health(request: ActorRequest) -> HttpResponse:
    """The health page."""
    now, today = clock.now(), clock.today()
    queue = read_queue(now)
    context = {
        "installation": read_installation(),
        "disk": read_disk(),
        "seal": read_seal(today),
        "missing_year": read_missing_year(today),
        "queue": queue,
        "worker_alive": queue.is_alive(now),
    }
    return render(request, "desk/system/health.html", context)


@never_cache
@system_only
@require_safe
def packs(request: ActorRequest) -> HttpResponse:
    """The packs against the database; a page of its own, because every file of every pack is read."""
    return render(request, "desk/system/packs.html", {"packs": read_packs(clock.today())})


@never_cache
@system_only
@require_POST
def retry_job(request: ActorRequest, job: int) -> HttpResponse:
    """Tries a failed job again."""
    try:
        retry(job_id=job, by=request.actor, now=clock.now())
    except Refused as refused:
        messages.error(request, sentence(refused.message, refused.params))
    else:
        messages.success(request, gettext("Job %(job)s is in the queue again.") % {"job": job})
    return redirect("system:health")
