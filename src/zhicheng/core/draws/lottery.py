"""Public lotteries of China as a source of randomness: the numbers of one issue, in one canonical spelling.

A source is written `lottery:GAME:ISSUE:NUMBERS`. The issue has seven digits, the year and the number within it;
the sports lottery's five digits are completed. Drawn balls are written with two digits and ascending, since the
order in which they fell is often not published; the second drum stands behind a plus. Games of digits keep
their order. The rules are those that the two administration centres publish (中国福利彩票, 中国体育彩票).

>>> issue = parse_lottery("lottery:ssq:2026136:31 03 7 12 19 25 + 8")
>>> issue.text, issue.event, issue.origin
('lottery:ssq:2026136:03,07,12,19,25,31+08', 'lottery:ssq:2026136', 'lottery:ssq')
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True)
class Game:
    """What is drawn: of each drum (count, highest ball), or `digits` digits in their order.

    Where `special` is true, the second drum is what is left in the first.
    """

    name: str
    drums: Sequence[tuple[int, int]] = ()
    digits: int = 0
    special: bool = False


GAMES = {
    "ssq": Game("双色球", drums=((6, 33), (1, 16))),
    "dlt": Game("超级大乐透", drums=((5, 35), (2, 12))),
    "qlc": Game("七乐彩", drums=((7, 30), (1, 30)), special=True),
    "kl8": Game("快乐8", drums=((20, 80),)),
    "fc3d": Game("福彩3D", digits=3),
    "pl3": Game("排列3", digits=3),
    "pl5": Game("排列5", digits=5),
}
"""The games that may be named, by the letters by which they are known."""

_ISSUE = re.compile(r"20[0-9]{2}(?!000)[0-9]{3}")


@dataclass(frozen=True)
class LotteryIssue:
    """What was drawn in one issue of a game; everything in the canonical spelling."""

    game: str
    issue: str
    numbers: str

    @property
    def origin(self) -> str:
        """Who draws: two issues of one game have the same origin."""
        return f"lottery:{self.game}"

    @property
    def event(self) -> str:
        """What is announced before it has happened."""
        return f"{self.origin}:{self.issue}"

    @property
    def text(self) -> str:
        """The source as a bundle keeps it."""
        return f"{self.event}:{self.numbers}"

    @property
    def line(self) -> str:
        """The source as it is hashed: the same."""
        return self.text


def parse_lottery(text: str) -> LotteryIssue:
    """Reads a source; full-width signs, spaces and one-digit balls are understood. Raises Refused."""
    parts = unicodedata.normalize("NFKC", text).strip().split(":", 3)
    if len(parts) != 4:
        message = words(
            "“{text}”: expected is lottery:GAME:ISSUE:NUMBERS, like lottery:ssq:2026136:03,07,12,19,25,31+08"
        )
        raise Refused(message, text=text)
    event = parse_lottery_event(":".join(parts[:3]))
    _, code, issue = event.split(":")
    game = GAMES[code]
    numbers = _digits(game, parts[3], text) if game.digits else _balls(game, parts[3], text)
    return LotteryIssue(code, issue, numbers)


def parse_lottery_event(text: str) -> str:
    """The canonical spelling of an issue that is yet to be drawn. Raises Refused.

    >>> parse_lottery_event("lottery:DLT:26136")
    'lottery:dlt:2026136'
    """
    kind, code, issue, *more = [part.strip() for part in [*text.split(":"), "", ""]][:5]
    kind, code = kind.lower(), code.lower()
    issue = f"20{issue}" if len(issue) == 5 else issue
    if kind != "lottery" or code not in GAMES or any(more):
        message = words("“{text}”: expected is lottery:GAME:ISSUE, GAME being one of {games}")
        raise Refused(message, text=text, games=", ".join(GAMES))
    if not _ISSUE.fullmatch(issue):
        message = words("“{text}”: the issue “{issue}” is none; expected are year and number, like 2026136")
        raise Refused(message, text=text, issue=issue)
    return f"lottery:{code}:{issue}"


def _digits(game: Game, numbers: str, text: str) -> str:
    found = re.findall(r"\S", numbers.replace(",", " "))
    if len(found) != game.digits or not all(digit in "0123456789" for digit in found):
        message = words("“{text}”: expected are {count} digits of {game} in their order, like {example}")
        example = ",".join("0738251"[: game.digits])
        raise Refused(message, text=text, count=game.digits, game=game.name, example=example)
    return ",".join(found)


def _balls(game: Game, numbers: str, text: str) -> str:
    drums = [re.split(r"[\s,]+", drum.strip(" ,")) for drum in numbers.split("+")]
    if len(drums) != len(game.drums):
        message = words("“{text}”: expected are the balls of {count} drums of {game}, parted by a plus")
        raise Refused(message, text=text, count=len(game.drums), game=game.name)
    drawn = [_drum(*drum, balls, text) for drum, balls in zip(game.drums, drums, strict=True)]
    if game.special and set(drawn[0]) & set(drawn[1]):
        raise Refused(
            words("“{text}”: the special ball of {game} is drawn of those that are left"),
            text=text,
            game=game.name,
        )
    return "+".join(",".join(f"{ball:02}" for ball in balls) for balls in drawn)


def _drum(count: int, highest: int, balls: Sequence[str], text: str) -> list[int]:
    numbers = sorted({int(ball) for ball in balls if re.fullmatch(r"[0-9]{1,2}", ball)})
    if not (len(balls) == len(numbers) == count and numbers[0] >= 1 and numbers[-1] <= highest):
        message = words("“{text}”: expected are {count} different balls from 1 to {highest}, found is “{found}”")
        raise Refused(message, text=text, count=count, highest=highest, found=" ".join(balls))
    return numbers
