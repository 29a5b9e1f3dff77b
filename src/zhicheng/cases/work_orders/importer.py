"""Work orders as something that is imported from tables: what each row becomes, and how it is opened."""

from collections.abc import Iterator
from datetime import datetime

from zhicheng.cases.importing.mapping import is_personal
from zhicheng.cases.importing.recording import lock_system, origin_of
from zhicheng.cases.work_orders.checking import Expected, WorkOrder, check_orders
from zhicheng.cases.work_orders.columns import LABELS, MASKS, REQUIRED
from zhicheng.cases.work_orders.forms import HotlineForm
from zhicheng.cases.work_orders.meanings import MEANINGS, named_categories, with_meanings
from zhicheng.cases.work_orders.places import Places
from zhicheng.cases.work_orders.plans import check_plan, guess, hotline_of
from zhicheng.cases.work_orders.recording import open_orders, sort_orders
from zhicheng.core.access import Actor
from zhicheng.core.clock.due import local
from zhicheng.core.words import words
from zhicheng.ground.importing.api import Row, RowProblem, Table
from zhicheng.ground.importing.registry import Batch, Importer, Outcome, Plan, Says
from zhicheng.ground.parties.api import Organization

KEY = "work_orders"
ROWS_AT_ONCE = 50


def read(table: Table, plan: Plan, now: datetime) -> Iterator[tuple[Row, WorkOrder | tuple[RowProblem, ...]]]:
    """Every row checked: the case that it becomes, or why it cannot."""
    within = _centre(plan).area
    categories = with_meanings(named_categories(within.path), plan.options.get(MEANINGS, {}))
    places = Places(within, local(now).date())
    return check_orders(table, Expected(plan, categories, places, now))


def write(batch: Batch, plan: Plan, by: Actor, now: datetime) -> Outcome:
    """Opens what is new of a batch; no other import of the same hotline writes meanwhile."""
    lock_system(plan.options["system"])
    return _sorted(batch, plan, by, now, keep=True)


def try_out(batch: Batch, plan: Plan, by: Actor, now: datetime) -> Outcome:
    """What would become of a batch."""
    return _sorted(batch, plan, by, now, keep=False)


def _sorted(batch: Batch, plan: Plan, by: Actor, now: datetime, *, keep: bool) -> Outcome:
    origin = origin_of(_centre(plan), plan.options.get("system", ""))
    found = sort_orders([one for _, one in batch if isinstance(one, WorkOrder)], origin)
    late = open_orders(found.new, origin, by, now) if keep else ()
    differing = {problem.row: (problem,) for problem in (*found.changed, *late)}
    told = ((row, one if isinstance(one, tuple) else differing.get(row.number, ())) for row, one in batch)
    refused = tuple((row, problems) for row, problems in told if problems)
    return Outcome(len(found.new) - len(late), found.known, refused)


def _centre(plan: Plan) -> Organization:
    assert plan.organization is not None, "work orders are taken by a hotline centre"
    return plan.organization


IMPORTER = Importer(
    key=KEY,
    urls="cases:orders_import",
    above="cases:orders",
    says=Says(
        title=words("Import work orders"),
        lead=words(
            "The table that another hotline gives over: every good row becomes a case in hand, with its number "
            "there, and goes to the body that is competent."
        ),
        whose=words(
            "They are taken for {name}. Nothing is opened before you have seen and confirmed the columns."
        ),
        name=words("External hotline"),
        kept=words("now in hand, with the bodies that are competent"),
        above=words("Work orders"),
    ),
    labels={field.value: label for field, label in LABELS.items()},
    required=frozenset(field.value for field in REQUIRED),
    form=HotlineForm,
    organization_of=hotline_of,
    guess=guess,
    check=check_plan,
    read=read,
    write=write,
    try_out=try_out,
    is_personal=is_personal,
    masks=MASKS,
    sealed=True,
    batch=ROWS_AT_ONCE,
)
