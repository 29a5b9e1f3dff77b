"""What opens a record stays out of every line of the log."""

import pytest

from zhicheng.core.log_lines import without_secrets

SECRET = "D6FC-V2K1-7QXM-0A3T"


@pytest.mark.parametrize(
    "line",
    [
        f"Unprocessable Entity: /answer/{SECRET}/",
        f"Not Found: /answer/{SECRET}",
        f"Not Found: /answer/{SECRET}/files/3/small/",
        f"Bad Request: /track/TS-3704-2026-000123-8/?secret={SECRET}&large=1",
        f"Not Found: /verify/{SECRET}/",
        f'KeyError: "{SECRET}"',
        "Forbidden: /accounts/password/1a-ck3x9-D6FCV2K17QXM/",
        "Not Found: /stop/c-2s0f-D6FCV2K17QXM0A3T/",
        "refused zck_1a2b3c4d_D6FCV2K17QXM-x",
        "whs_D6FCV2K17QXM-0A3T",
        "https://example.org/track/?number=TS-1&secret=D6FCV2K17QXM",
        "/desk/search/?q=D6FCV2K17QXM",
        "duplicate key\n  DETAIL:  Key (name)=(D6FC) already exists.\nstatement",
    ],
)
def test_nothing_is_left_of_it(line: str) -> None:
    hidden = without_secrets(line)
    assert "D6FC" not in hidden
    assert "***" in hidden


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /desk/cases/TS-3704-2026-000123-8/",
        "Not Found: /accounts/password/set/",
        "request 6f0c2b1e-8a44-4c1b-9f2e-000000000001 at 2026-11-23 09:30",
        "What is this? a=b",
        "Method Not Allowed: /verify/",
    ],
)
def test_what_opens_nothing_stays(line: str) -> None:
    assert without_secrets(line) == line
