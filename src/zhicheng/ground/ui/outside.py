"""What people outside are told where the platform itself is not ready."""

import logging

from django.utils.translation import gettext

from zhicheng.core.refused import Unprepared

log = logging.getLogger("zhicheng.setup")


def told_outside(fault: Unprepared) -> str:
    """A sentence for citizens and companies; what is missing goes into the log, for those who can mend it."""
    log.error("somebody outside was turned away: %s", fault)
    return gettext(
        "This cannot be received just now, because a setting of this platform is missing. Nothing you typed is "
        "wrong. Please try again later, or telephone the office."
    )
