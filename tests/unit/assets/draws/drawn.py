"""Draws that a definition must stand: ordinary ones, and tables as people really type them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from random import Random

STRATA = ("食品", "工业产品", "特种设备", "A", "\U0001f3ed", "\uff21")
SIZES = (
    "1",
    "2",
    "3",
    "5",
    "8",
    "13",
    "40",
    "0.25",
    "2/3",
    "1e1",
    " 7 ",
    "1_000",
    ".5",
    "2.",
    "+3",
    "0",
    "７",
    "1e-2",
)
SPACES = ("", "", "", " ", "\t", "\u3000", "\x1c", "\x85", "\u00a0", "\ufeff", "\u2003")
PARTS = (
    "甲", "乙", "厂", "A", "é", "e\u0301", "\ufb01", "\U0001f40d", "\ue000", "9", "10", '"', ",", "\n", "한",
)  # fmt: skip
EXTRAS = (
    "", ', "title": "2026 年第三季度"', ', "x": [1.0, 1e3, -0.0, 1e16, 1e-5, 123456.789, 1e400], "a": null',
    ', "\U0001f40d": 1, "\uff21": 12345678901234567890, "z": {"b": true, "a": "\\u00e9\\n\\u2028"}',
    ', "n2": 5e-324, "k": -0, "m": 0.1e-6',
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """The four files of a draw as texts, and the randomness."""

    roster: str
    inspectors: str
    conflicts: str
    plan: str
    randomness: str

    def question(self, ask: str, **more: str) -> dict[str, str]:
        """What is asked of the TypeScript about these files."""
        return {"ask": ask, **asdict(self), **more}


def ordinary(random: Random, *, units: int = 30, inspectors: int = 6) -> Drawn:
    """Distinct plain ids, whole sizes, capacities that may or may not suffice."""
    strata = STRATA[: random.randint(1, 4)]
    ids = [f"9137{number:04}" for number in random.sample(range(10_000), units)]
    people = [f"执{number:02}" for number in range(inspectors)]
    per_visit = random.randint(0, 3)
    counts = {stratum: random.randint(0, 6) for stratum in strata}
    capacity = max(1, -(-per_visit * sum(counts.values()) // inspectors) + random.randint(-1, 1))
    pairs = [(person, one) for person in people for one in ids if random.random() < 0.2]
    return Drawn(
        _table(random, "id,stratum,size", [(one, random.choice(strata), random.choice(SIZES[:7])) for one in ids]),
        _table(random, "inspector,max_visits", [(person, str(capacity)) for person in people]),
        _table(random, "inspector,enterprise", pairs),
        _plan(counts, per_visit, ""),
        f"{random.getrandbits(256):064X}",
    )


def typed(random: Random) -> Drawn:
    """Whatever gets into tables: odd spaces, quotes, accents, ids twice, sizes in every form, bad cells."""
    ids = ["".join(random.choices(PARTS, k=random.randint(1, 3))) for _ in range(random.randint(0, 12))]
    strata = random.sample(STRATA, random.randint(1, 4))
    sizes = (*SIZES, "-1", *(("x", "", "1/0", "1e", "--1") if random.random() < 0.1 else ()))
    rows = [(_spaced(random, one), random.choice(strata), random.choice(sizes), "备注") for one in ids]
    rows = [row[: random.choice((3, 3, 4))] for row in rows]
    if random.random() < 0.05:
        rows.append(("",))
    people = ["".join(random.choices(PARTS[:8], k=2)) for _ in range(random.randint(0, 5))]
    capacities = ("1", "2", " 3 ", "0", "+2", "０", *(("-1", "1_0") if random.random() < 0.2 else ()))
    pairs = [(random.choice(people or ["甲"]), random.choice(ids or ["乙"])) for _ in range(random.randint(0, 6))]
    counts = {stratum: random.choice((0, 1, 1, 2, 3, 9, -1)) for stratum in random.sample(STRATA, 3)}
    return Drawn(
        _table(random, "编号,层,规模", rows),
        _table(random, "人员,次数", [(person, random.choice(capacities)) for person in people]),
        _table(random, "人员,企业", pairs),
        _plan(counts, random.choice((0, 1, 1, 2, 2, -1)), random.choice(EXTRAS)),
        "".join(random.choices("0123456789abcdefABCDEF", k=64)),
    )


def all_drawn(count: int, seed: int) -> Iterator[Drawn]:
    """Both kinds by turns; the same for the same seed."""
    random = Random(seed)
    for number in range(count):
        yield ordinary(random) if number % 2 else typed(random)


def without_matching(drawn: Drawn) -> Drawn:
    """The same draw where no inspector may go anywhere."""
    return replace(drawn, inspectors="inspector,max_visits\n执00,0\n")


def _table(random: Random, head: str, rows: list[tuple[str, ...]]) -> str:
    end = random.choice(("\n", "\r\n", "\r"))
    lines = [head, *(",".join(_cell(random, cell) for cell in row) for row in rows)]
    return random.choice(("", "\ufeff")) + end.join(lines) + random.choice(("", end))


def _cell(random: Random, cell: str) -> str:
    needed = any(sign in cell for sign in '",\n\r')
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if needed or random.random() < 0.1 else cell


def _spaced(random: Random, text: str) -> str:
    return random.choice(SPACES) + text + random.choice(SPACES)


def _plan(counts: dict[str, int], per_visit: int, extra: str) -> str:
    listed = ", ".join(f'"{stratum}": {count}' for stratum, count in counts.items())
    return f'{{"n": {{{listed}}}, "inspectors_per_visit": {per_visit}{extra}}}'
