"""Saying who answers for a site or a product, and until when."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhicheng.core.access import ENTERING, Actor
from zhicheng.core.refused import Refused
from zhicheng.core.words import words
from zhicheng.desk.fields import DeskForm, day_field
from zhicheng.desk.records.scope import visible_products, visible_sites
from zhicheng.ground import clock
from zhicheng.ground.access.api import ActorRequest, needs_role
from zhicheng.ground.objects.api import (
    OF_PRODUCTS,
    OF_SITES,
    Link,
    Product,
    Responsibility,
    Site,
    close_responsibility,
    enter_responsibility,
    flat,
    may_answer,
    product_chain,
    responsibility_chain,
)
from zhicheng.ground.parties.api import get_organization
from zhicheng.ground.ui.organization_field import OrganizationField


class AnsweringForm(DeskForm):
    """An organization, as what it answers, to whom, for which work, and when."""

    role = forms.ChoiceField(label=_("Answers as"))
    answers_to = forms.ChoiceField(
        label=_("Answers to"), required=False,
        help_text=_("Who gave it the work: the contractor for a subcontractor, the seller for a producer."),
    )  # fmt: skip
    scope = forms.CharField(
        label=_("For which work"),
        required=False,
        max_length=120,
        help_text=_("Such as 防水工程. Left open: for all."),
    )
    valid_from = day_field(words("First day"), required=False, help_text=words("Of the work or the contract."))
    valid_to = day_field(words("Last day"), required=False, help_text=words("Left open: until it is ended."))

    def __init__(self, data: Any = None, *, about: Site | Product, actor: Actor) -> None:
        super().__init__(data)
        self.fields["organization"] = OrganizationField(
            gettext("Organization"), "party", near=actor.areas, help_text=_("Type a part of its name and choose.")
        )
        self.order_fields(["role", "organization", "answers_to", "scope", "valid_from", "valid_to"])
        roles, above = self.fields["role"], self.fields["answers_to"]
        assert isinstance(roles, forms.ChoiceField)
        assert isinstance(above, forms.ChoiceField)
        offered = OF_SITES if isinstance(about, Site) else OF_PRODUCTS
        roles.choices = [("", gettext("Choose")), *((role.value, role.label) for role in offered)]
        above.choices = [
            ("", gettext("Nobody else here")),
            *((str(one.id), _named(one)) for one in chain_of(about)),
        ]


class EndingForm(DeskForm):
    """The last day on which somebody answers."""

    on = day_field(
        words("Last day"), help_text=words("What was built or sold until then stays theirs to answer for.")
    )


def chain_of(about: Site | Product) -> list[Link]:
    """Everybody who answers or answered for a site or product, parents before those who answer to them."""
    return flat(responsibility_chain(about) if isinstance(about, Site) else product_chain(about))


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_for_site(request: ActorRequest, site_id: int) -> HttpResponseBase:
    """Says who answers for a site."""
    return _answer(request, visible_sites(request.actor).filter(id=site_id).first())


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_for_product(request: ActorRequest, product_id: int) -> HttpResponseBase:
    """Says who answers for a product."""
    return _answer(request, visible_products(request.actor).filter(id=product_id).first())


@never_cache
@needs_role(*ENTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def end_answering(request: ActorRequest, responsibility_id: int) -> HttpResponseBase:
    """Says until when somebody answered."""
    found = Responsibility.objects.select_related("organization", "site__area", "product").filter(
        id=responsibility_id
    )
    one = found.first()
    about = _visible(request, one)
    form = EndingForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid() and one is not None:
        try:
            close_responsibility(responsibility=one, on=form.cleaned_data["on"], by=request.actor, now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, gettext("“%(name)s” answers no longer.") % {"name": one.organization.name})
            return redirect(address_of(about))
    context = {"form": form, "answer": one, "back": address_of(about), "crumbs": _crumbs(about, gettext("End"))}
    return render(request, "desk/records/end.html", context, status=422 if form.errors else 200)


def address_of(about: Site | Product) -> str:
    """The page of a site or product."""
    return reverse("desk:site" if isinstance(about, Site) else "desk:product", args=[about.pk])


def _answer(request: ActorRequest, about: Site | Product | None) -> HttpResponseBase:
    if about is None or not may_answer(request.actor, about):
        raise Http404
    form = AnsweringForm(request.POST or None, about=about, actor=request.actor)
    if request.method == "POST" and form.is_valid() and _entered(request, form, about):
        return redirect(address_of(about))
    title = gettext("Who answers for it")
    context = {"form": form, "about": about, "back": address_of(about), "crumbs": _crumbs(about, title)}
    return render(request, "desk/records/answer.html", context, status=422 if form.errors else 200)


def _entered(request: ActorRequest, form: AnsweringForm, about: Site | Product) -> bool:
    given = dict(form.cleaned_data)
    organization = get_organization(given.pop("organization"))
    above = given.pop("answers_to")
    try:
        enter_responsibility(
            about=about, organization=organization, by=request.actor, now=clock.now(),
            answers_to=Responsibility.objects.get(pk=above) if above else None, **given,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, gettext("“%(name)s” answers from now on.") % {"name": organization.name})
    return True


def _visible(request: ActorRequest, one: Responsibility | None) -> Site | Product:
    about = one and (one.site or one.product)
    if not about or not may_answer(request.actor, about):
        raise Http404
    return about


def _named(link: Link) -> str:
    return f"{link.role.label} · {link.organization_name}" + (f" · {link.scope}" if link.scope else "")


def _crumbs(about: Site | Product, here: str) -> list[dict[str, str]]:
    whole = ("Buildings", "desk:sites") if isinstance(about, Site) else ("Products", "desk:products")
    return [
        {"label": gettext(whole[0]), "url": reverse(whole[1])},
        {"label": about.name, "url": address_of(about)},
        {"label": here, "url": ""},
    ]
