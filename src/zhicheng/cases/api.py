"""What other apps may use of cases."""

from zhicheng.cases.actions import Action, Actions, actions_for, take_action
from zhicheng.cases.actors import invited_company, reporter_of
from zhicheng.cases.archiving.queries import list_ready
from zhicheng.cases.archiving.services import file_cases
from zhicheng.cases.attachments import serve_file
from zhicheng.cases.hotline.services import Result, Taken, add_by_call, answer_by_call, find_reporter, open_by_call
from zhicheng.cases.hotline.snippets import (
    retire_snippet,
    save_snippet,
    suggest_snippets,
    visible_snippet_ids,
)
from zhicheng.cases.kind import CaseKind
from zhicheng.cases.kinds import CATALOGUES, KINDS, kind_of, kinds_chosen, kinds_for, needs_of
from zhicheng.cases.models import SUBJECT, Call, Case, Outcome, Snippet, Source
from zhicheng.cases.page import CasePage, build_page, get_case
from zhicheng.cases.queries import housing_of, list_latest, loop_of
from zhicheng.cases.reopened import Reopened, reopened_among
from zhicheng.cases.services import Complaint, Receipt, open_case, secret_hash
from zhicheng.cases.similar import Similar, find_similar
from zhicheng.cases.suggesting.queries import Suggestions, suggest_categories_for
from zhicheng.cases.titles import title_of
from zhicheng.cases.told import notice_mark

__all__ = [
    "CATALOGUES",
    "KINDS",
    "SUBJECT",
    "Action",
    "Actions",
    "Call",
    "Case",
    "CaseKind",
    "CasePage",
    "Complaint",
    "Outcome",
    "Receipt",
    "Reopened",
    "Result",
    "Similar",
    "Snippet",
    "Source",
    "Suggestions",
    "Taken",
    "actions_for",
    "add_by_call",
    "answer_by_call",
    "build_page",
    "file_cases",
    "find_reporter",
    "find_similar",
    "get_case",
    "housing_of",
    "invited_company",
    "kind_of",
    "kinds_chosen",
    "kinds_for",
    "list_latest",
    "list_ready",
    "loop_of",
    "needs_of",
    "notice_mark",
    "open_by_call",
    "open_case",
    "reopened_among",
    "reporter_of",
    "retire_snippet",
    "save_snippet",
    "secret_hash",
    "serve_file",
    "suggest_categories_for",
    "suggest_snippets",
    "take_action",
    "title_of",
    "visible_snippet_ids",
]
