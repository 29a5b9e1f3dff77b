"""Who changes a subject first: one transaction after another, before any of its rows is locked.

Several rows belong to a subject: its own, its proceedings', the head of its chain. Two transactions that lock them
in different orders wait for each other, and the database ends one of them. So whoever is going to lock more than
one takes the subject's turn first.
"""

from django.db import connection

from zhicheng.core.access import Subject

TURN = "pg_advisory_xact_lock(hashtextextended({kind} || ' ' || {id}, 0))"
"""Takes the turn within a statement that knows the subject as two columns, `kind` and `id`."""


def take_turn(subject: Subject) -> None:
    """Waits until nobody else changes the subject; the turn is held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {TURN.format(kind='%s', id='%s')}", [subject[0], str(subject[1])])
