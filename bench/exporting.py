"""What an export takes, and how much memory it needs however long the list is."""

import resource
import time
from itertools import pairwise

from django.db import transaction

from zhicheng.cases.lists import CASES
from zhicheng.ground import clock
from zhicheng.ground.access.api import User, actor_for
from zhicheng.ground.ui.lists import export as exporting
from zhicheng.ground.ui.lists.export import Format, export
from zhicheng.ground.ui.lists.reading import read_list

ROWS = (10_000, 100_000, 300_000)


def print_exports() -> None:
    """Exports the city's cases, more of them each time, in both formats; prints the highest memory so far."""
    actor = actor_for(User.objects.get(username="zaozhuang-housing-officer"), clock.today())
    print(f"memory before: {_highest_mib():.0f} MiB")
    for form in Format:
        for _, rows in pairwise((0, *ROWS)):
            _print_export(actor, form, rows)


def _print_export(actor: object, form: Format, rows: int) -> None:
    from dataclasses import replace

    reading = read_list(CASES, actor, {})  # type: ignore[arg-type]
    some = CASES.rows(actor).model.objects.filter(historical=False).select_related("category", "county", "area")  # type: ignore[arg-type]
    last = some.order_by("id").values_list("id", flat=True)[min(rows, some.count()) - 1]
    exporting.MOST_ROWS = 10**6
    began = time.perf_counter()
    with transaction.atomic():
        response = export(CASES, replace(reading, rows=some.filter(id__lte=last)), form, by=actor, now=clock.now())  # type: ignore[arg-type]
        size = sum(len(part) for part in response)  # type: ignore[union-attr]
        response.close()
        transaction.set_rollback(True)
    print(f"{form}: {rows:>7,} rows, {size / 2**20:6.1f} MiB, {time.perf_counter() - began:6.1f} s, "
          f"highest memory {_highest_mib():.0f} MiB", flush=True)  # fmt: skip


def _highest_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
