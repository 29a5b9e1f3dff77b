"""Where documents stand in the desk's navigation."""

from zhicheng.core.access import Role
from zhicheng.core.words import words
from zhicheng.ground.ui.navigation import Entry, register_navigation

STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)
READERS = (*STAFF, Role.COMPANY)


def register() -> None:
    """Adds the register of documents."""
    register_navigation(Entry(words("Papers"), "scroll-text", "documents:documents", frozenset(READERS), place=25))
