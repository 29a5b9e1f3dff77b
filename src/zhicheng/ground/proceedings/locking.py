"""Locking a proceeding whose position stays: whoever assigns it or cards it, and takes no step of it."""

from django.db import connection

from zhicheng.ground.ledger.api import TURN
from zhicheng.ground.proceedings.models import Proceeding

_TURN = TURN.format(kind="subject_kind", id="subject_id")
_TAKE_TURN = f"SELECT {_TURN} FROM proceedings_proceeding WHERE id = %s"  # noqa: S608 - no input


def lock_proceeding(proceeding_id: int) -> Proceeding:
    """The proceeding with its area; its subject's turn and its row are kept until the transaction ends.

    Raises Proceeding.DoesNotExist.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURN, [proceeding_id])
    found = Proceeding.objects.select_for_update(of=("self",), no_key=True).select_related("area")
    return found.get(pk=proceeding_id)
