"""Locking a proceeding whose position stays: whoever assigns it or cards it, and takes no step of it."""

from collections.abc import Collection

from django.db import connection

from zhicheng.ground.ledger.api import TURN
from zhicheng.ground.proceedings.models import Proceeding

_TURN = TURN.format(kind="subject_kind", id="subject_id")
_TAKE_TURN = f"SELECT {_TURN} FROM proceedings_proceeding WHERE id = %s"  # noqa: S608 - no input


_TAKE_TURNS = f"""
    SELECT {_TURN} FROM (
        SELECT DISTINCT subject_kind, subject_id FROM proceedings_proceeding WHERE id = ANY(%s)
         ORDER BY subject_kind, subject_id OFFSET 0
    ) AS subjects
"""  # noqa: S608 - no input


def lock_proceedings(ids: Collection[int]) -> list[Proceeding]:
    """Many proceedings with areas and participants, in the order of their ids, each locked as one is.

    Their subjects' turns are taken in one order, so that two who lock several do not wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURNS, [sorted(ids)])
    found = Proceeding.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    return list(found.select_related("area").prefetch_related("participants").order_by("pk"))


def lock_proceeding(proceeding_id: int) -> Proceeding:
    """The proceeding with its area; its subject's turn and its row are kept until the transaction ends.

    Raises Proceeding.DoesNotExist.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURN, [proceeding_id])
    found = Proceeding.objects.select_for_update(of=("self",), no_key=True).select_related("area")
    return found.get(pk=proceeding_id)
