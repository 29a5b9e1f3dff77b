"""Re-running a public draw: the page is all that the server gives, the browser of whoever asks does the rest.

Nothing is sent back. The form exists for its labels, its help and its inputs; no view ever receives it.
"""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zhicheng.core.words import words

CSV = {"accept": ".csv,text/csv"}
JSON = {"accept": ".json,application/json"}


class BundleForm(forms.Form):
    """The one file that holds a whole draw."""

    bundle = forms.FileField(
        label=_("Bundle of the draw"), widget=forms.FileInput(JSON),
        help_text=_(
            "The file that was published with the result, like draw-2026-food.json. Choose it or drop it here."
        ),
    )  # fmt: skip
    beforehand = forms.CharField(
        label=_("Commitment published beforehand"), required=False, max_length=64,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "64 digits and letters. It shows that nothing was changed after the randomness became known: a bundle "
            "alone only shows that it agrees with itself."
        ),
    )  # fmt: skip


class FilesForm(forms.Form):
    """The files of a draw, where nobody made a bundle of them."""

    roster = forms.FileField(label=_("Roster (CSV): id, stratum, size"), widget=forms.FileInput(CSV))
    inspectors = forms.FileField(label=_("Inspectors (CSV): name, visits at most"), widget=forms.FileInput(CSV))
    conflicts = forms.FileField(label=_("Conflicts of interest (CSV): inspector, id"), widget=forms.FileInput(CSV))
    plan = forms.FileField(label=_("Plan (JSON)"), widget=forms.FileInput(JSON))
    randomness = forms.CharField(
        label=_("Public randomness"), widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    hash = forms.ChoiceField(label=_("Hash"), choices=[("sha256", "SHA-256"), ("sm3", "SM3 (GB/T 32905)")])
    result = forms.FileField(label=_("Published result (JSON)"), required=False, widget=forms.FileInput(JSON))


@dataclass(frozen=True)
class Line:
    """One line of a verification: its name in the browser's code, its title, and what it compares."""

    name: str
    title: str
    text: str


LINES = (
    Line("sources", words("Sources of the randomness"),
         words("Public events of at least two origins, such as a lottery drawing and a round of a beacon.")),
    Line("announced", words("Announced events"),
         words("They are those that the plan named before they took place.")),
    Line("randomness", words("Randomness"), words("It is the hash of the outcomes of all events.")),
    Line("frame", words("Roster"), words("The units that may be drawn, with stratum and size.")),
    Line("inspectors", words("Inspectors"), words("Who may be sent, and to how many visits.")),
    Line("conflicts", words("Conflicts of interest"), words("Who must not be sent to whom.")),
    Line("plan", words("Plan"), words("How many units of each stratum, how many inspectors a visit.")),
    Line("commitment", words("Commitment"), words("One hash that binds roster, inspectors, conflicts and plan.")),
    Line("beforehand", words("Published beforehand"),
         words("The commitment is the one that was public before the randomness was known.")),
    Line("seed", words("Seed"), words("Commitment and randomness together: every ticket comes from it.")),
    Line("selected", words("Selection"), words("The units with the lowest tickets, in their order.")),
    Line("assignment", words("Inspectors of each visit"),
         words("Of those without a conflict the ones with the lowest tickets, as far as all visits can be made.")),
    Line("tickets", words("Tickets and reserve"), words("Probability, number and rank of every unit.")),
    Line("document", words("Whole document"), words("The published result, byte for byte.")),
)  # fmt: skip


@require_safe
def redraw(request: HttpRequest) -> HttpResponse:
    """The page that verifies a draw in the browser."""
    context = {"bundle": BundleForm(), "files": FilesForm(), "lines": LINES}
    return render(request, "portal/redraw.html", context)
