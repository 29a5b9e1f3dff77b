"""Names say what a thing is."""

import ast
import re

from architecture.source import files, modules

NAMES_THAT_SAY_NOTHING = re.compile(r"(utils?|helpers?|mixins?|common|misc|base|stuff)\.(py|ts)")
DEMANDED = {"postgresql/base.py"}
"""Names that are not ours: where Django looks for a database backend."""
# Written backwards, so that this file does not find itself.
WORDS = [word[::-1] for word in ("ODOT", "EMXIF", "rorrEdetnemelpmItoN", "noos gnimoc")]
PHRASES = [phrase[::-1] for phrase in ("待期请敬", "中发开")]
UNFINISHED = re.compile(rf"\b({'|'.join([*WORDS, 'X' * 3])})\b|{'|'.join(PHRASES)}")
READABLE = {".py", ".ts", ".html", ".scss", ".toml", ".md", ".sql", ""}


def test_no_file_has_a_name_that_says_nothing():
    silent = [path for path in files() if NAMES_THAT_SAY_NOTHING.fullmatch(path.name)]
    assert not [str(path) for path in silent if "/".join(path.parts[-2:]) not in DEMANDED]


def test_no_function_hides_the_module_that_it_is_from():
    """`package.name` is one thing: a module of the package, or what the package offers under this name."""
    names = {module.name for module in modules()}
    hidden = [
        f"{module.name}.{alias.name}"
        for module in modules()
        if module.path.name == "__init__.py"
        for node in module.tree.body
        if isinstance(node, ast.ImportFrom) and node.module != module.name
        for alias in node.names
        if f"{module.name}.{alias.asname or alias.name}" in names
    ]
    assert not hidden


def test_nothing_is_marked_as_unfinished():
    marked = [
        f"{path}:{number}"
        for path in files()
        if path.suffix in READABLE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert not marked


def test_models_keep_djangos_own_save():
    """Writing is the work of services; a model that does more when saved surprises them."""
    overridden = [
        f"{module}:{line}"
        for module in modules()
        if module.path.name == "models.py" or module.path.parent.name == "models"
        for line, text in enumerate(module.text.splitlines(), start=1)
        if re.match(r"\s+def (save|delete)\(", text)
    ]
    assert not overridden
