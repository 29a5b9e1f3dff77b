"""What other apps may use of imports."""

from zhicheng.ground.importing.console import import_file, show_columns, show_refused
from zhicheng.ground.importing.forms import ColumnsForm
from zhicheng.ground.importing.models import ImportRun
from zhicheng.ground.importing.moments import Written, read_moment
from zhicheng.ground.importing.problems import RowProblem, not_text, shortened, too_wide
from zhicheng.ground.importing.queries import proposed_plan
from zhicheng.ground.importing.reading import read_table
from zhicheng.ground.importing.reporting import refused_of, write_errors
from zhicheng.ground.importing.services import carry_out, confirm_import, receive_file, try_out
from zhicheng.ground.importing.table import CONTROL, Row, Table, TableRefused, column_letter
from zhicheng.ground.importing.urls import import_pages

__all__ = [
    "CONTROL",
    "ColumnsForm",
    "ImportRun",
    "Row",
    "RowProblem",
    "Table",
    "TableRefused",
    "Written",
    "carry_out",
    "column_letter",
    "confirm_import",
    "import_file",
    "import_pages",
    "not_text",
    "proposed_plan",
    "read_moment",
    "read_table",
    "receive_file",
    "refused_of",
    "shortened",
    "show_columns",
    "show_refused",
    "too_wide",
    "try_out",
    "write_errors",
]
