"""Where cases stand in the desk's navigation."""

from zhicheng.core.access import Role
from zhicheng.core.words import words
from zhicheng.ground.ui.navigation import Entry, register_below, register_navigation

STAFF = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER})


def register() -> None:
    """Adds the entries of cases."""
    anybody = STAFF | {Role.COMPANY}
    register_navigation(Entry(words("Cases"), "message-square-warning", "cases:cases", anybody, place=20))
    register_navigation(Entry(words("Frequent problems"), "chart-column", "cases:frequent", STAFF, place=30))
    register_navigation(Entry(words("Hot spots"), "target", "cases:hot_spots", STAFF, place=35))
    register_navigation(Entry(words("By place"), "map", "cases:by_place", STAFF, place=40))
    callers = frozenset({Role.CALLER})
    register_navigation(Entry(words("Work orders"), "clipboard-list", "cases:orders", callers, place=16))
    register_navigation(Entry(words("Historical cases"), "archive", "cases:recorded", STAFF, place=50))
    register_navigation(Entry(words("Reply templates"), "clipboard-list", "cases:replies", STAFF, place=60))
    register_below("cases:ready", "archive:archive")
    register_below("cases:import", "cases:recorded")
