"""What the guide tells an integrator to run, run as it stands there."""

import re
import shlex
from pathlib import Path
from urllib.parse import parse_qsl, quote

import pytest

from web.open311.asking import hotlines
from web.open311.serving import served
from web.walk.people import City
from zhicheng.cases.models import Case

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "connect-a-program.md"
SECTION = GUIDE.read_text(encoding="utf-8").partition("## An app that speaks Open311")[2].partition("\n## ")[0]
PLACE = "https://quality.example"


def commands() -> list[list[str]]:
    """The words of each command of the section."""
    joined = SECTION.replace("\\\n", " ")
    return [shlex.split(line) for line in joined.splitlines() if line.startswith("    curl ")]


def test_the_program_lists_what_is_open(browsing: City, capsys: pytest.CaptureFixture[str]) -> None:
    _, key = hotlines(browsing)
    (program,) = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
    with served() as product:
        written = program.replace("zck_…", key).replace("https://", "http://").replace(PLACE[8:], product.host)
        product.ask(lambda: exec(compile(written, str(GUIDE), "exec"), {}))  # noqa: S102 - our own guide
    shown = capsys.readouterr().out
    assert f"{browsing.worlds['t'].matters['ordered'].case.number} 渗漏" in shown


def test_the_commands_are_answered(browsing: City) -> None:
    client, key = hotlines(browsing)
    earlier = set(Case.objects.values_list("id", flat=True))
    for _, address, *rest in commands():
        assert address.startswith(PLACE)
        data = [_escaped(one) for one in rest if not one.startswith("-")]
        path = address.removeprefix(PLACE)
        sent = dict(parse_qsl("&".join(data).replace(quote("zck_…"), key)))
        answer = client.post(path, sent) if sent else client.get(path)
        assert answer.status_code in (200, 201), answer.content.decode()
    assert Case.objects.exclude(id__in=earlier).get().site == browsing.worlds["t"].site


def _escaped(pair: str) -> str:
    name, _, value = pair.partition("=")
    return f"{name}={quote(value)}"
