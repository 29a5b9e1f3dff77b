"""Files and functions stay small enough to be read at once."""

from architecture.source import checking_modules, functions, modules

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
LONG_FILES: dict[str, str] = {}
"""Path of a data table that may be longer, and why."""


def test_files_are_short():
    long = {
        str(module): module.lines
        for module in (*modules(), *checking_modules())
        if module.lines > MAX_FILE_LINES and not module.is_migration and str(module) not in LONG_FILES
    }
    assert not long


def test_functions_are_short():
    long = {
        f"{module}:{function.lineno} {function.name}": function.end_lineno - function.lineno + 1
        for module in (*modules(), *checking_modules())
        for function in functions(module)
        if function.end_lineno - function.lineno + 1 > MAX_FUNCTION_LINES
    }
    assert not long


def test_no_exception_is_left_over():
    by_path = {str(module): module.lines for module in (*modules(), *checking_modules())}
    assert all(by_path.get(path, 0) > MAX_FILE_LINES for path in LONG_FILES)
