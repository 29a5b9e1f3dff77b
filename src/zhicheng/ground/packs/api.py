"""What other apps may use of packs."""

from datetime import date
from pathlib import Path

from zhicheng.ground.clock import today
from zhicheng.ground.packs.checks import check_apart, check_periods
from zhicheng.ground.packs.demands import LIMITS, TERMS, Demand, demand
from zhicheng.ground.packs.differences import Counts, Difference
from zhicheng.ground.packs.loaded import forget_loaded
from zhicheng.ground.packs.models import Term
from zhicheng.ground.packs.problems import PackInvalid, Problem, UnknownPack
from zhicheng.ground.packs.queries import (
    Branch,
    UnknownTerm,
    get_term,
    limit_for,
    list_places_of,
    list_terms,
    term_label,
    term_tree,
    working_calendar,
)
from zhicheng.ground.packs.reading import NATIONAL, digest_of, find_pack, list_shipped_packs
from zhicheng.ground.packs.sections import (
    Check,
    Contents,
    Scope,
    Section,
    Store,
    bind_store,
    deleted,
    ended,
    register_section,
)
from zhicheng.ground.packs.services import apply_pack, check_pack, diff_pack, export_pack, loaded_packs
from zhicheng.ground.packs.tables.bodies import BodyKey, JurisdictionRow, OrganizationRow, check_body

__all__ = [
    "LIMITS",
    "NATIONAL",
    "TERMS",
    "BodyKey",
    "Branch",
    "Check",
    "Contents",
    "Counts",
    "Demand",
    "Difference",
    "JurisdictionRow",
    "OrganizationRow",
    "PackInvalid",
    "Problem",
    "Scope",
    "Section",
    "Store",
    "Term",
    "UnknownPack",
    "UnknownTerm",
    "apply_pack",
    "bind_store",
    "check_apart",
    "check_body",
    "check_pack",
    "check_periods",
    "deleted",
    "demand",
    "diff_pack",
    "digest_of",
    "ended",
    "export_pack",
    "find_pack",
    "forget_loaded",
    "get_term",
    "limit_for",
    "list_places_of",
    "list_shipped_packs",
    "list_terms",
    "load_pack",
    "loaded_packs",
    "register_section",
    "term_label",
    "term_tree",
    "working_calendar",
]


def load_pack(name_or_path: str | Path, *, on: date | None = None) -> dict[str, Counts]:
    """Applies a pack as of a day (default: today). Raises UnknownPack or PackInvalid with all faults."""
    return apply_pack(name_or_path, on=on or today())
