"""How the button of a step is called."""

from django.utils.translation import gettext

from zhicheng.core.process import Step


def offer_label(step: Step) -> str:
    """What the button says: a request for approval says so."""
    label = gettext(step.label)
    if step.verb.startswith("request_"):
        return gettext("%(what)s (needs approval)") % {"what": label}
    if step.approves:
        return gettext("Approve: %(what)s") % {"what": label}
    return label
