"""Verifying a document: whether it was issued, whether it still holds, and whether a file is its PDF.

Nothing personal is shown, whoever asks: not the addressee, not what it says.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.core.codes import CodeError, parse_tracking_code
from zhicheng.ground import clock
from zhicheng.ground.documents.api import Document, find_by_code, is_the_pdf_of, mark_of
from zhicheng.portal.forms import PaperForm, VerifyForm


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Asks for the code that is printed beside the QR code."""
    if "code" not in request.GET:
        return render(request, "portal/verify.html", {"form": VerifyForm()})
    form = VerifyForm(request.GET)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if find_by_code(code) is not None:
            return redirect("portal:verify", code)
        form.add_error("code", gettext("No document has this code. Compare it with the paper, letter by letter."))
    return render(request, "portal/verify.html", {"form": form}, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, code: str) -> HttpResponse:
    """One document; a file that is sent is compared with its PDF and forgotten."""
    found = _found(code)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    same, checked = None, False
    if request.method == "POST" and form.is_valid():
        same, checked = is_the_pdf_of(found, form.cleaned_data["file"].file, now=clock.now()), True
    context = {"document": found, "state": mark_of(found), "form": form, "checked": checked, "same": same}
    status = 422 if request.method == "POST" and not checked else 200
    return render(request, "portal/document.html", context, status=status)


def _found(code: str) -> Document:
    try:
        found = find_by_code(parse_tracking_code(code))
    except CodeError:
        found = None
    if found is None:
        raise Http404
    return found
