"""The command `zhicheng draw` as a person meets it: files in, bytes out, one line for what is wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from typer.testing import CliRunner

from zhicheng.cli.draws import app
from zhicheng.cli.faults import sentence_for

FILES = {
    "roster.csv": "id,stratum,size\nA,食品,8\nB,食品,1\nC,食品,2\nD,工业,1\n",
    "plan.json": '{"n": {"食品": 2, "工业": 1}, "inspectors_per_visit": 1}',
    "inspectors.csv": "\ufeffinspector,max_visits\r\n执01,2\r\n执02,2\r\n",
    "conflicts.csv": "inspector,enterprise\n执01,A\n",
}
SOURCES = ["--source", "lottery:pl5:26136:12345", "--source", "drand:quicknet:12:" + "0F" * 48]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """As at an English terminal."""
    with translation.override("en"):
        yield


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The options that name the four files."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    return [part for name in FILES for part in (f"--{name.partition('.')[0]}", str(tmp_path / name))]


def told(*arguments: str) -> str:
    """What the program says of a mistake."""
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, Exception), result.output
    sentence = sentence_for(result.exception)
    assert sentence is not None, result.exception
    assert "\n" not in sentence
    return sentence


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_draw_is_printed_as_json_without_a_newline(files: list[str]) -> None:
    text = said("run", *files, "--randomness", "AB", "--json")
    document = json.loads(text)
    assert text == json.dumps(document, indent=1, ensure_ascii=False)
    assert list(document)[-4:] == ["seed", "selected", "assignment", "tickets"]
    assert document == json.loads(said("run", *files, "--randomness", "ab", "--json"))


def test_a_commitment_is_the_one_of_the_draw(files: list[str]) -> None:
    document = json.loads(said("run", *files, "--randomness", "00", "--json"))
    committed = json.loads(said("commit", *files, "--json"))
    assert committed == {key: document[key] for key in committed}
    assert f"commitment {document['commitment']}" in said("commit", *files).splitlines()


def test_a_commitment_says_when_what_it_announces_is_due(files: list[str], tmp_path: Path) -> None:
    plan = json.loads(FILES["plan.json"])
    chain = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    plan["randomness_events"] = ["lottery:pl5:2026136", f"drand:{chain}:657413"]
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    lines = said("commit", *files).splitlines()
    assert lines[-2:] == [
        "randomness lottery:pl5:2026136",
        f"randomness drand:{chain}:657413, due at 2023-09-15T11:00:03+00:00",
    ]
    assert "the plan announces “drand:" in told("run", *files, *SOURCES)


@pytest.mark.parametrize("algorithm", ["sha256", "SM3"])
@pytest.mark.parametrize("randomness", [SOURCES, ["--randomness", "4F3C"]])
def test_a_bundle_is_verified(files: list[str], tmp_path: Path, algorithm: str, randomness: list[str]) -> None:
    kept = tmp_path / "draw.json"
    summary = said("run", *files, *randomness, "--hash", algorithm, "--bundle", str(kept))
    assert "食品: 2 of 3 drawn" in summary
    lines = said("verify", str(kept)).splitlines()
    assert lines[-1] == "The draw is what the bundle says."
    assert all(line.endswith(": agrees") for line in lines[:-1])


def test_a_bundle_is_held_against_the_commitment_of_before(files: list[str], tmp_path: Path) -> None:
    kept, committed = tmp_path / "draw.json", json.loads(said("commit", *files, "--json"))["commitment"]
    said("run", *files, *SOURCES, "--bundle", str(kept))
    assert "published beforehand: agrees\n" in said("verify", str(kept), "--commitment", f" {committed.upper()} ")
    (tmp_path / "roster.csv").write_text(FILES["roster.csv"].replace("A,食品,8", "A,食品,7"), encoding="utf-8")
    said("run", *files, *SOURCES, "--bundle", str(kept))
    assert said("verify", str(kept)).endswith("The draw is what the bundle says.\n")
    result = CliRunner().invoke(app, ["verify", str(kept), "--commitment", committed])
    assert result.exit_code == 1
    assert result.stderr == "The draw is not what the bundle says; first of 1: published beforehand.\n"


def test_a_forged_bundle_is_told_and_ends_with_1(files: list[str], tmp_path: Path) -> None:
    kept = tmp_path / "draw.json"
    said("run", *files, *SOURCES, "--bundle", str(kept))
    kept.write_text(kept.read_text(encoding="utf-8").replace('"rank": 2,', '"rank": 9,', 1), encoding="utf-8")
    result = CliRunner().invoke(app, ["verify", str(kept)])
    assert result.exit_code == 1
    assert result.stderr == "The draw is not what the bundle says; first of 1: tickets.\n"
    assert "tickets: number 3: the bundle has" in result.stdout


@pytest.mark.parametrize("text", ["\ud800", "x\nThe draw is what the bundle says.", "\x1b[2J\x9b2J"])
def test_a_forger_writes_no_line_of_the_answer(files: list[str], tmp_path: Path, text: str) -> None:
    kept = tmp_path / "draw.json"
    said("run", *files, *SOURCES, "--bundle", str(kept))
    bundle = json.loads(kept.read_text(encoding="utf-8"))
    bundle["randomness"]["sources"], bundle["result"]["seed"] = [text], text
    kept.write_text(json.dumps(bundle), encoding="utf-8")
    result = CliRunner().invoke(app, ["verify", str(kept)])
    assert result.exit_code == 1
    assert all(line.isprintable() for line in result.stdout.splitlines())
    assert {line.partition(":")[0] for line in result.stdout.splitlines()} >= {"sources", "seed", "keys"}
    assert "The draw is what the bundle says." not in result.stdout.splitlines()


@pytest.mark.parametrize(
    ("roster", "per_visit", "told_of"),
    [("id\n\nA\n", "1", "row 2: the field “id” is missing"), ("id\n", '"two"', "“inspectors_per_visit” is")],
)
def test_what_nothing_is_drawn_of_is_drawn_and_told(
    files: list[str], tmp_path: Path, roster: str, per_visit: str, told_of: str
) -> None:
    """The definition does not look at what it does not need."""
    (tmp_path / "roster.csv").write_text(roster)
    (tmp_path / "plan.json").write_text(f'{{"n": {{}}, "inspectors_per_visit": {per_visit}}}')
    kept = str(tmp_path / "draw.json")
    result = CliRunner().invoke(app, ["run", *files, "--randomness", "00", "--json", "--bundle", kept])
    assert (result.exit_code, json.loads(result.stdout)["selected"]) == (0, [])
    assert told_of in result.stderr
    verified = CliRunner().invoke(app, ["verify", kept])
    assert (verified.exit_code, told_of in verified.stderr) == (0, True)
    assert told_of in told("commit", *files)


def test_mistakes_are_told_in_one_line(files: list[str], tmp_path: Path) -> None:
    assert told("run", *files) == "expected is either --randomness or --source, twice or more"
    assert told("run", *files, "--randomness", "00", *SOURCES).startswith("expected is either")
    assert "at least two origins" in told("run", *files, *SOURCES[:2])
    assert told("run", *files, "--randomness", "00", "--hash", "md5").startswith("--hash is “md5”")
    (tmp_path / "roster.csv").write_text("id,stratum,size\nA,食品,many\n", encoding="utf-8")
    for command in (["commit", *files], ["run", *files, "--randomness", "00"]):
        assert "roster.csv, row 2: the size “many” is not a number" in told(*command)
    (tmp_path / "conflicts.csv").unlink()
    assert told("commit", *files).startswith("No such file or directory: ")


TWICE = FILES["roster.csv"] + "A,食品,9\n"


def test_what_should_not_be_drawn_from_is_not_committed_to(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(TWICE, encoding="utf-8")
    assert told("commit", *files) == f"{tmp_path / 'roster.csv'}, row 6: id “A” is in row 2 too; expected is once"


def test_it_is_drawn_as_the_definition_does_and_told(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(TWICE, encoding="utf-8")
    kept = tmp_path / "draw.json"
    result = CliRunner().invoke(app, ["run", *files, "--randomness", "00", "--json", "--bundle", str(kept)])
    assert result.exit_code == 0
    assert [ticket["id"] for ticket in json.loads(result.stdout)["tickets"]].count("A") == 1
    assert (
        result.stderr == f"zhicheng: {tmp_path / 'roster.csv'}, row 6: id “A” is in row 2 too; expected is once\n"
    )
    verified = CliRunner().invoke(app, ["verify", str(kept)])
    assert verified.exit_code == 0
    assert verified.stdout.endswith("The draw is what the bundle says.\n")
    assert verified.stderr.startswith(f"Its commitment leaves something open: {kept}, roster, row 6: id “A” is in")


def test_mistakes_are_told_in_the_language_of_the_terminal(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(TWICE, encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
    program = [sys.executable, "-m", "zhicheng", "draw", "commit", *files]
    ended = subprocess.run(program, env=environment, capture_output=True, encoding="utf-8", check=False)
    expected = f"zhicheng: {tmp_path / 'roster.csv'} 第 6 行：id“A”在第 2 行已经有了，应只出现一次\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", expected)


def test_what_is_no_bundle_is_told(tmp_path: Path) -> None:
    (tmp_path / "draw.json").write_text("{}")
    assert "draw.json: “format” is missing; expected is zhicheng-draw-1" in told(
        "verify", str(tmp_path / "draw.json")
    )
