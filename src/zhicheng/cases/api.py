"""What other apps may use of cases."""

from zhicheng.cases.actions import Action, actions_for, take_action
from zhicheng.cases.actors import invited_company, reporter_of
from zhicheng.cases.attachments import serve_file
from zhicheng.cases.models import SUBJECT, Case, Source
from zhicheng.cases.page import CasePage, build_page, get_case
from zhicheng.cases.queries import housing_of, loop_of
from zhicheng.cases.services import Complaint, Receipt, open_case, secret_hash

__all__ = [
    "SUBJECT",
    "Action",
    "Case",
    "CasePage",
    "Complaint",
    "Receipt",
    "Source",
    "actions_for",
    "build_page",
    "get_case",
    "housing_of",
    "invited_company",
    "loop_of",
    "open_case",
    "reporter_of",
    "secret_hash",
    "serve_file",
    "take_action",
]
