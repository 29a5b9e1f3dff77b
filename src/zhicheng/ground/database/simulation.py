"""Whether the database holds simulated records: then every page says so, and nothing is sent to the outside.

The records themselves say it, not whoever starts the programs: a demonstration that is taken up by `zhicheng run`,
or moved to another machine, is still one.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

from zhicheng.ground.kept import kept

_marked: set[str] = set()


def register_simulated(model: str) -> None:
    """Has rows of a model (`app.Model`) whose column `simulated` is set mark the whole database.

    The simulator makes nothing without a row of these. A large table needs an index of its simulated rows.
    """
    _marked.add(model)


@kept
def is_simulated() -> bool:
    """Whether any record is simulated, or the setting says that none that follows is real."""
    return bool(settings.SIMULATED) or _holds_simulated()


def _holds_simulated() -> bool:
    tables = [apps.get_model(model)._meta.db_table for model in sorted(_marked)]
    asked = [sql.SQL("EXISTS (SELECT FROM {} WHERE simulated)").format(sql.Identifier(table)) for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(" OR ").join(asked)))
        (found,) = cursor.fetchone()
    return bool(found)
