"""Tables 2-A, 2-B and 2-C of GB/T 2828.1-2012, written out.

A row is a code letter, a column an AQL from 0.010 to 1000. A number is the Ac of that row's own plan; a letter is
the row to which the arrows lead. After a public transcription of the standard; its cell A at AQL 10 of Table 2-B
differs from MIL-STD-105E, as docs/explanation/acceptance.md says.
"""

import pytest

from zhicheng.core.acceptance import GBT_2828_1_2012, Severity, cell_for

SIZES = dict(
    zip(
        "ABCDEFGHJKLMNPQRS",
        (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150),
        strict=True,
    )
)
REDUCED_SIZES = dict(
    zip("ABCDEFGHJKLMNPQR", (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800), strict=True)
)

NORMAL = """
A   Q  P  N  M  L  K  J  H  G  F  E  D  C  B  0  C  B  1  2  3  5  7 10 14 21 30
B   Q  P  N  M  L  K  J  H  G  F  E  D  C  0  A  C  1  2  3  5  7 10 14 21 30 44
C   Q  P  N  M  L  K  J  H  G  F  E  D  0  B  D  1  2  3  5  7 10 14 21 30 44  B
D   Q  P  N  M  L  K  J  H  G  F  E  0  C  E  1  2  3  5  7 10 14 21 30 44  C  B
E   Q  P  N  M  L  K  J  H  G  F  0  D  F  1  2  3  5  7 10 14 21 30 44  D  C  B
F   Q  P  N  M  L  K  J  H  G  0  E  G  1  2  3  5  7 10 14 21  E  E  E  D  C  B
G   Q  P  N  M  L  K  J  H  0  F  H  1  2  3  5  7 10 14 21  F  E  E  E  D  C  B
H   Q  P  N  M  L  K  J  0  G  J  1  2  3  5  7 10 14 21  G  F  E  E  E  D  C  B
J   Q  P  N  M  L  K  0  H  K  1  2  3  5  7 10 14 21  H  G  F  E  E  E  D  C  B
K   Q  P  N  M  L  0  J  L  1  2  3  5  7 10 14 21  J  H  G  F  E  E  E  D  C  B
L   Q  P  N  M  0  K  M  1  2  3  5  7 10 14 21  K  J  H  G  F  E  E  E  D  C  B
M   Q  P  N  0  L  N  1  2  3  5  7 10 14 21  L  K  J  H  G  F  E  E  E  D  C  B
N   Q  P  0  M  P  1  2  3  5  7 10 14 21  M  L  K  J  H  G  F  E  E  E  D  C  B
P   Q  0  N  Q  1  2  3  5  7 10 14 21  N  M  L  K  J  H  G  F  E  E  E  D  C  B
Q   0  P  R  1  2  3  5  7 10 14 21  P  N  M  L  K  J  H  G  F  E  E  E  D  C  B
R   Q  P  1  2  3  5  7 10 14 21  Q  P  N  M  L  K  J  H  G  F  E  E  E  D  C  B
"""

TIGHTENED = """
A   R  Q  P  N  M  L  K  J  H  G  F  E  D  C  B  0  C  B  1  2  3  5  8 12 18 27
B   R  Q  P  N  M  L  K  J  H  G  F  E  D  C  0  D  C  1  2  3  5  8 12 18 27 41
C   R  Q  P  N  M  L  K  J  H  G  F  E  D  0  E  D  1  2  3  5  8 12 18 27 41  B
D   R  Q  P  N  M  L  K  J  H  G  F  E  0  F  E  1  2  3  5  8 12 18 27 41  C  B
E   R  Q  P  N  M  L  K  J  H  G  F  0  G  F  1  2  3  5  8 12 18 27 41  D  C  B
F   R  Q  P  N  M  L  K  J  H  G  0  H  G  1  2  3  5  8 12 18  E  E  E  D  C  B
G   R  Q  P  N  M  L  K  J  H  0  J  H  1  2  3  5  8 12 18  F  E  E  E  D  C  B
H   R  Q  P  N  M  L  K  J  0  K  J  1  2  3  5  8 12 18  G  F  E  E  E  D  C  B
J   R  Q  P  N  M  L  K  0  L  K  1  2  3  5  8 12 18  H  G  F  E  E  E  D  C  B
K   R  Q  P  N  M  L  0  M  L  1  2  3  5  8 12 18  J  H  G  F  E  E  E  D  C  B
L   R  Q  P  N  M  0  N  M  1  2  3  5  8 12 18  K  J  H  G  F  E  E  E  D  C  B
M   R  Q  P  N  0  P  N  1  2  3  5  8 12 18  L  K  J  H  G  F  E  E  E  D  C  B
N   R  Q  P  0  Q  P  1  2  3  5  8 12 18  M  L  K  J  H  G  F  E  E  E  D  C  B
P   R  Q  0  R  Q  1  2  3  5  8 12 18  N  M  L  K  J  H  G  F  E  E  E  D  C  B
Q   R  0  S  R  1  2  3  5  8 12 18  P  N  M  L  K  J  H  G  F  E  E  E  D  C  B
R   0  Q  S  1  2  3  5  8 12 18  Q  P  N  M  L  K  J  H  G  F  E  E  E  D  C  B
"""

REDUCED = """
A   Q  P  N  M  L  K  J  H  G  F  E  D  C  B  0  D  C  1  2  3  5  7 10 14 21 30
B   Q  P  N  M  L  K  J  H  G  F  E  D  C  0  A  D  C  1  2  3  5  7 10 14 21 30
C   Q  P  N  M  L  K  J  H  G  F  E  D  0  B  E  D  1  2  3  5  6  8 10 14 21  B
D   Q  P  N  M  L  K  J  H  G  F  E  0  C  F  E  1  2  3  5  6  8 10 14 21  C  B
E   Q  P  N  M  L  K  J  H  G  F  0  D  G  F  1  2  3  5  6  8 10 14 21  D  C  B
F   Q  P  N  M  L  K  J  H  G  0  E  H  G  1  2  3  5  6  8 10  E  E  E  D  C  B
G   Q  P  N  M  L  K  J  H  0  F  J  H  1  2  3  5  6  8 10  F  E  E  E  D  C  B
H   Q  P  N  M  L  K  J  0  G  K  J  1  2  3  5  6  8 10  G  F  E  E  E  D  C  B
J   Q  P  N  M  L  K  0  H  L  K  1  2  3  5  6  8 10  H  G  F  E  E  E  D  C  B
K   Q  P  N  M  L  0  J  M  L  1  2  3  5  6  8 10  J  H  G  F  E  E  E  D  C  B
L   Q  P  N  M  0  K  N  M  1  2  3  5  6  8 10  K  J  H  G  F  E  E  E  D  C  B
M   Q  P  N  0  L  P  N  1  2  3  5  6  8 10  L  K  J  H  G  F  E  E  E  D  C  B
N   Q  P  0  M  Q  P  1  2  3  5  6  8 10  M  L  K  J  H  G  F  E  E  E  D  C  B
P   Q  0  N  R  Q  1  2  3  5  6  8 10  N  M  L  K  J  H  G  F  E  E  E  D  C  B
Q   0  P  N  R  1  2  3  5  6  8 10  P  N  M  L  K  J  H  G  F  E  E  E  D  C  B
R   Q  P  N  1  2  3  5  6  8 10  Q  P  N  M  L  K  J  H  G  F  E  E  E  D  C  B
"""

TABLES = [
    (Severity.NORMAL, NORMAL, SIZES),
    (Severity.TIGHTENED, TIGHTENED, SIZES),
    (Severity.REDUCED, REDUCED, REDUCED_SIZES),
]


@pytest.mark.parametrize(("severity", "text", "sizes"), TABLES, ids=[str(severity) for severity, _, _ in TABLES])
def test_every_cell_as_it_stands(severity: Severity, text: str, sizes: dict[str, int]) -> None:
    rows = [line.split() for line in text.strip().splitlines()]
    numbers = {(letter, place): cell for letter, *cells in rows for place, cell in enumerate(cells)}
    numbers["S", 2] = "1"
    assert len(numbers) == 16 * 26 + 1
    for letter, *cells in rows:
        for place, aql in enumerate(GBT_2828_1_2012.aqls):
            row = letter if cells[place].isdigit() else cells[place]
            found = cell_for(letter, aql, severity)
            assert (found.letter, found.n, str(found.ac)) == (row, sizes[row], numbers[row, place]), (letter, aql)
