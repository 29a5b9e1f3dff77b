"""What is made from the code is made from the code as it stands."""

import pytest
from django.core.management import call_command

from architecture.source import PACKAGE, ROOT
from zhicheng.cli.catalogue import faults, read
from zhicheng.cli.documents import pages
from zhicheng.cli.extraction import extracted
from zhicheng.config.environment import Environment
from zhicheng.ground.proceedings.registry import list_processes


@pytest.mark.parametrize("name", pages())
def test_reference_pages_are_up_to_date(name):
    """Otherwise: make docs."""
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == pages()[name]


def test_every_environment_variable_is_documented():
    page = pages()["environment.md"]
    for name, field in Environment.model_fields.items():
        assert f"`{name.upper()}`" in page
        assert field.description, name


def test_every_step_of_every_process_is_documented():
    page = pages()["processes.md"]
    for process in list_processes():
        head = f"\n`{process.key}`, domain {process.domain}, for what is opened from {process.in_force} on"
        section = page.partition(head)[2].partition("\n## ")[0]
        assert [step.verb for step in process.steps if f"\n| `{step.verb}` | {step.label} |" not in section] == []
        assert [state.key for state in process.states if f"\n    {state.key} : {state.label}" not in section] == []


def test_every_command_is_documented():
    page = pages()["commands.md"]
    for command in ("run", "demo", "cases import", "ledger verify", "pack apply", "docs"):
        assert f"\n## `zhicheng {command}`\n" in page


def test_every_message_has_its_chinese():
    """Otherwise: zhicheng messages extract, then fill in the empty ones."""
    assert list(faults(read(), extracted(PACKAGE))) == []


def test_every_word_of_a_process_is_in_the_catalogue():
    catalogue = read()
    said = [
        (process.key, text)
        for process in list_processes()
        for text in (
            process.label,
            *(state.label for state in process.states),
            *(step.label for step in process.steps),
            *(need.label for step in process.steps for need in step.needs),
            *(need.hint for step in process.steps for need in step.needs if need.hint),
        )
    ]
    assert said
    assert [(key, text) for key, text in said if not _is_spoken(catalogue, text)] == []


@pytest.mark.usefixtures("database")
def test_models_and_migrations_agree():
    """Otherwise: python -m django makemigrations."""
    call_command("makemigrations", check=True, dry_run=True)


def _is_spoken(catalogue, text: str) -> bool:
    message = catalogue.get(text)
    return bool(message and message.string)
