"""Historical cases as something that is imported from tables: what each row becomes, and how it is written."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from zhicheng.cases.importing.checking import Checked, Expected, HistoricalRow, check_table
from zhicheng.cases.importing.forms import EarlierSystemForm
from zhicheng.cases.importing.mapping import LABELS, REQUIRED, ColumnMapping, Field, is_personal
from zhicheng.cases.importing.plans import check_plan, guess, importing_organization, mapping_of
from zhicheng.cases.importing.recording import Origin, lock_system, origin_of, record_rows, sort_rows
from zhicheng.cases.kinds import CATALOGUES
from zhicheng.core.access import Actor
from zhicheng.core.columns import fold
from zhicheng.core.words import words
from zhicheng.ground.importing.api import Row, RowProblem, Table
from zhicheng.ground.importing.registry import Batch, Importer, Outcome, Plan, Says
from zhicheng.ground.packs.api import list_terms

KEY = "cases"


def read(table: Table, plan: Plan, now: datetime) -> Iterator[tuple[Row, Checked]]:
    """Every row checked: the case that it becomes, or why it cannot."""
    return check_table(table, expected_of(mapping_of(plan), _origin(plan), now))


def write(batch: Batch, plan: Plan, by: Actor, now: datetime) -> Outcome:
    """Records what is new of a batch; no other import of the same system writes meanwhile."""
    lock_system(plan.options["system"])
    return _sorted(batch, plan, by, now, keep=True)


def try_out(batch: Batch, plan: Plan, by: Actor, now: datetime) -> Outcome:
    """What would become of a batch."""
    return _sorted(batch, plan, by, now, keep=False)


def expected_of(mapping: ColumnMapping, origin: Origin, now: datetime) -> Expected:
    """What rows are checked against; categories are known by code and by their words in both languages."""
    if Field.CATEGORY not in mapping.columns:
        return Expected(mapping, now)
    offered = (term for catalogue in CATALOGUES for term in list_terms(catalogue, origin.area))
    terms = [term for term in offered if term.parent_id is not None]
    by_words = {fold(label): term.id for term in reversed(terms) for label in (term.zh, term.en)}
    return Expected(mapping, now, by_words | {fold(term.code): term.id for term in terms})


def _origin(plan: Plan) -> Origin:
    assert plan.organization is not None, "historical cases belong to the body that imports them"
    return origin_of(plan.organization, plan.options.get("system", ""))


def _sorted(batch: Batch, plan: Plan, by: Actor, now: datetime, *, keep: bool) -> Outcome:
    origin = _origin(plan)
    found = sort_rows([one for _, one in batch if isinstance(one, HistoricalRow)], origin)
    if keep:
        record_rows(found.new, origin, by, now)
    return Outcome(len(found.new), found.known, _refused(batch, found.changed))


def _refused(batch: Batch, changed: Sequence[RowProblem]) -> tuple[tuple[Row, tuple[RowProblem, ...]], ...]:
    """Every refused row of a batch with its problems, in the order of the file."""
    differing = {problem.row: (problem,) for problem in changed}
    told = ((row, one if isinstance(one, tuple) else differing.get(row.number, ())) for row, one in batch)
    return tuple((row, problems) for row, problems in told if problems)


IMPORTER = Importer(
    key=KEY,
    urls="cases:import",
    above="cases:recorded",
    says=Says(
        title=words("Import historical cases"),
        lead=words(
            "Messages that an earlier system has answered: they become searchable here and count in no figure of "
            "the loop."
        ),
        whose=words(
            "The cases will be those of {name}. Nothing is imported before you have seen and confirmed the "
            "columns."
        ),
        name=words("Earlier system"),
        kept=words("now among the historical cases"),
        above=words("Historical cases"),
    ),
    labels={field.value: label for field, label in LABELS.items()},
    required=frozenset(field.value for field in REQUIRED),
    form=EarlierSystemForm,
    organization_of=importing_organization,
    guess=guess,
    check=check_plan,
    read=read,
    write=write,
    try_out=try_out,
    is_personal=is_personal,
)
