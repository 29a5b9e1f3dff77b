"""Complaining and reporting at any of the doors. Works without script, and a retried request makes one case."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from zhicheng.cases.api import Complaint, open_case, title_of
from zhicheng.core.refused import Refused, Unprepared
from zhicheng.core.typed import read_id
from zhicheng.core.words import words
from zhicheng.ground import clock
from zhicheng.ground.areas.api import Area, City
from zhicheng.ground.objects.api import Site, find_sites
from zhicheng.ground.packs.api import Term
from zhicheng.ground.proceedings.api import StepRefused
from zhicheng.ground.ui.outside import told_outside
from zhicheng.ground.ui.templatetags.house import sentence
from zhicheng.ground.visitors.api import count_attempt
from zhicheng.portal.cities import get_city
from zhicheng.portal.doors import Door, get_door, in_words_for
from zhicheng.portal.forms import TOLD, ComplaintForm
from zhicheng.portal.holding import held_back
from zhicheng.portal.places import PlaceChoice, read_place
from zhicheng.portal.receipt import receipt_page
from zhicheng.portal.suggesting import suggested_terms

LONGEST_QUERY = 60


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, city: str, about: str = "") -> HttpResponse:
    """The form of a door; what was sent wrongly comes back as it was typed, with what was expected."""
    here, door, now = get_city(request, city), get_door(about), clock.now()
    if door is None:
        raise Http404
    if request.method != "POST":
        return _form(request, _blank(here, door), read_place(here, {}, checked=False))
    if "choose" in request.POST:
        return _choosing(request, here, door)
    limit = settings.COMPLAINTS_PER_HOUR
    held = count_attempt(request=request, what="complaint", limit=limit, now=now)
    if held is not None:
        return _held(request, here, door, held)
    form = ComplaintForm(request.POST, request.FILES, city=here, door=door, today=clock.today())
    place = read_place(here, request.POST, checked=True)
    form.add_place_errors(place.levels)
    if form.is_valid() and place.area is not None:
        _check_site(form, place.area)
    if not form.is_valid() or place.area is None:
        return _form(request, form, place, status=422)
    try:
        receipt = open_case(complaint=_complaint(form, place.area), now=now)
    except StepRefused as refused:
        for one in refused.refusals:
            form.add_error(TOLD + one.field if one.field else None, sentence(one.message, one.params))
    except Unprepared as fault:
        form.add_error(None, told_outside(fault))
    except Refused as refused:
        form.add_error(None, sentence(refused.message, refused.params))
    else:
        return receipt_page(request, here, in_words_for(door, form.chosen), receipt)
    return _form(request, form, place, status=422)


@require_safe
def suggest_sites(request: HttpRequest, city: str) -> JsonResponse:
    """Estates and buildings whose names hold `?q=`, in the city or in its area `?within=`."""
    here = get_city(request, city)
    path = _path_within(here, request.GET.get("within", ""))
    found = find_sites(request.GET.get("q", "")[:LONGEST_QUERY], (path,), limit=10)
    return JsonResponse(
        [{"id": site.id, "label": _site_label(site), "note": site.area.name} for site in found], safe=False
    )


def _path_within(city: City, typed: str) -> str:
    """The path of the area with this id, if it lies in the city; else the city's own."""
    area = Area.objects.filter(id=read_id(typed) or 0, path__startswith=city.area.path).first()
    return area.path if area else city.area.path


def _check_site(form: ComplaintForm, area: Area) -> None:
    """A building and the place chosen beside it must be one place."""
    site = form.cleaned_data.get("site")
    if site is None or site.area.path.startswith(area.path) or area.path.startswith(site.area.path):
        return
    message = words("This building lies in {area}: choose that place above, or another building.")
    form.add_error("site_text", sentence(message, {"area": site.area.name}))


def _choosing(request: HttpRequest, city: City, door: Door) -> HttpResponse:
    """Without script the next level of the place is filled by the server; nothing is checked yet."""
    place = read_place(city, request.POST, checked=False)
    return _form(request, _as_typed(request, city, door), place, photos_lost=bool(request.FILES))


def _held(request: HttpRequest, city: City, door: Door, until: datetime) -> HttpResponse:
    """Too many complaints from one sender: the form as it was typed, unread, and when it can be sent."""
    place = read_place(city, request.POST, checked=False)
    context = {"city": city, "door": door, "form": _as_typed(request, city, door), "place": place}
    return held_back(request, "portal/complain.html", context, until)


def _blank(city: City, door: Door) -> ComplaintForm:
    return ComplaintForm(city=city, door=door, today=clock.today())


def _as_typed(request: HttpRequest, city: City, door: Door) -> ComplaintForm:
    form = _blank(city, door)
    form.initial = {name: request.POST.get(name, "") for name in form.fields if name not in ("photos", "kinds")}
    form.initial["kinds"] = request.POST.getlist("kinds")
    return form


def _form(
    request: HttpRequest, form: ComplaintForm, place: PlaceChoice, status: int = 200, *, photos_lost: bool = False
) -> HttpResponse:  # fmt: skip
    context = {
        "city": form.city, "door": form.door, "form": form, "place": place, "photos_lost": photos_lost,
        "suggested": _suggested(form),
    }  # fmt: skip
    return render(request, "portal/complain.html", context, status=status)


def _suggested(form: ComplaintForm) -> list[Term]:
    """What the words may be about, where a form was sent without a category: read here, chosen by the citizen."""
    if not form.is_bound or form.data.get("category"):
        return []
    return suggested_terms(form.data.get("description", ""), form.city, form.terms)


def _complaint(form: ComplaintForm, area: Area) -> Complaint:
    given = form.cleaned_data
    site, site_text = given.get("site"), given.get("site_text", "")
    return Complaint(
        title=title_of(given["category"], site, area),
        description=given["description"],
        category=given["category"],
        area=site.area if site and site.area.path.startswith(area.path) else area,
        request_key=given["request_key"],
        site=site,
        place=" ".join(filter(None, ("" if site else site_text, given["place"]))),
        respondent=given["respondent"],
        reporter_name=given["name"],
        reporter_phone=given["phone"],
        reporter_email=given["email"],
        tell_progress=given["progress"],
        photos=tuple(given["photos"]),
        kinds=form.chosen if form.chosen != form.door.kinds[:1] else (),
        told=form.told,
    )


def _site_label(site: Site) -> str:
    return f"{site.parent.name} {site.name}" if site.parent else site.name
