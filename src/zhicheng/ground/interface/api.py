"""What other apps may use of the interface."""

from zhicheng.ground.interface.authentication import READ, WEBHOOKS, WRITE, KeyRequest
from zhicheng.ground.interface.cursors import MOST_ITEMS, cursor_of, next_link, page_of, read_cursor
from zhicheng.ground.interface.description import House
from zhicheng.ground.interface.examples import Example
from zhicheng.ground.interface.keys import Issued, issue_key, key_of, list_keys, revoke_key
from zhicheng.ground.interface.models import Key
from zhicheng.ground.interface.problems import Problem, Refusal, answer_problems, name_of, problem
from zhicheng.ground.interface.repeating import request_key
from zhicheng.ground.interface.rules import LONGEST_LIFE, SCOPES, Scope
from zhicheng.ground.interface.views import docs_of
from zhicheng.ground.interface.wording import wrong_value

__all__ = [
    "LONGEST_LIFE",
    "MOST_ITEMS",
    "READ",
    "SCOPES",
    "WEBHOOKS",
    "WRITE",
    "Example",
    "House",
    "Issued",
    "Key",
    "KeyRequest",
    "Problem",
    "Refusal",
    "Scope",
    "answer_problems",
    "cursor_of",
    "docs_of",
    "issue_key",
    "key_of",
    "list_keys",
    "name_of",
    "next_link",
    "page_of",
    "problem",
    "read_cursor",
    "request_key",
    "revoke_key",
    "wrong_value",
]
