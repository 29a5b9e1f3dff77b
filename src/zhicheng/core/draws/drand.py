"""Rounds of the randomness beacon drand as a source: public, unpredictable, and due at a known second.

A source is written `drand:CHAIN:ROUND:SIGNATURE`, where the chain is known by its hash, or by the name of one of
those that the League of Entropy runs. A round's randomness is the SHA-256 of its signature; if both are given,
`drand:CHAIN:ROUND:SIGNATURE:RANDOMNESS`, they have to agree. That the signature is the network's own (BLS12-381)
is not checked here: everybody can ask the network for the round.

>>> name = "drand:quicknet:657413:" + (
...     "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
... )
>>> round_ = parse_drand(name)
>>> round_.randomness[:16], round_.line[:70]
('fc1873a13f3545ae', 'drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971')
>>> round_.due_at.isoformat()
'2023-09-15T11:00:03+00:00'
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from zhicheng.core.refused import Refused
from zhicheng.core.words import words


@dataclass(frozen=True)
class Chain:
    """A chain of rounds: its first round is due at `genesis` (seconds since 1970), one every `period` seconds."""

    hash: str
    genesis: int
    period: int
    signature_bytes: int

    def due_at(self, round_number: int) -> datetime:
        """When round `round_number` (from 1) is published. Raises Refused for one that no calendar holds.

        >>> CHAINS["default"].due_at(1).isoformat()
        '2020-07-22T15:17:30+00:00'
        """
        try:
            return datetime.fromtimestamp(self.genesis, UTC) + timedelta(seconds=self.period * (round_number - 1))
        except OverflowError:
            message = words(
                "drand round {number} is due after the year 9999; expected is one that can be waited for"
            )
            raise Refused(message, number=round_number) from None


CHAINS = {
    "default": Chain("8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", 1595431050, 30, 96),
    "quicknet": Chain("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", 1692803367, 3, 48),
}
"""The League of Entropy's chains, as their information is published."""

_BY_HASH = {chain.hash: chain for chain in CHAINS.values()}
_EXPECTED = "drand:CHAIN:ROUND:SIGNATURE, CHAIN being default, quicknet or 64 hexadecimal digits"


@dataclass(frozen=True)
class DrandRound:
    """One round of the chain with hash `chain`; signature and hash as lower-case hexadecimal digits."""

    chain: str
    number: int
    signature: str

    @property
    def randomness(self) -> str:
        """What the round is drawn for: SHA-256 of the signature."""
        return sha256(bytes.fromhex(self.signature)).hexdigest()

    @property
    def due_at(self) -> datetime | None:
        """When the round was published; None for a chain that is not known here."""
        return due_at(self.event)

    @property
    def origin(self) -> str:
        """Who draws: two rounds of one chain have the same origin."""
        return f"drand:{self.chain}"

    @property
    def event(self) -> str:
        """What is announced before it has happened."""
        return f"{self.origin}:{self.number}"

    @property
    def text(self) -> str:
        """The source as a bundle keeps it, with the signature."""
        return f"{self.event}:{self.signature}"

    @property
    def line(self) -> str:
        """The source as it is hashed, with the randomness."""
        return f"{self.event}:{self.randomness}"


def parse_drand(text: str) -> DrandRound:
    """Reads a source. Raises Refused, also for a randomness that is not the signature's."""
    parts = text.strip().lower().split(":")
    if len(parts) not in (4, 5):
        raise Refused(words("“{text}”: expected is {expected}"), text=text, expected=_EXPECTED)
    _, chain, number = parse_drand_event(":".join(parts[:3])).split(":")
    known = _BY_HASH.get(chain)
    sizes = (known.signature_bytes,) if known else (48, 96)
    if not re.fullmatch("([0-9a-f]{2})+", parts[3]) or len(parts[3]) // 2 not in sizes:
        message = words(
            "drand round {number}: the signature “{signature}” is none; expected are {digits} hexadecimal digits"
        )
        digits = " or ".join(str(2 * size) for size in sizes)
        raise Refused(message, number=number, signature=parts[3], digits=digits)
    found = DrandRound(chain, int(number), parts[3])
    if parts[4:] and parts[4] != found.randomness:
        message = words(
            "drand round {number}: the randomness is “{given}”, but SHA-256 of the signature is “{computed}”"
        )
        raise Refused(message, number=number, given=parts[4], computed=found.randomness)
    return found


def parse_drand_event(text: str) -> str:
    """The canonical spelling of a round that is yet to be published. Raises Refused.

    >>> parse_drand_event("drand:default:007")
    'drand:8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce:7'
    """
    match = re.fullmatch(r"drand:(default|quicknet|[0-9a-f]{64}):0*([1-9][0-9]{0,18})", text.strip().lower())
    if not match:
        raise Refused(words("“{text}”: expected is {expected}"), text=text, expected=_EXPECTED.rpartition(":")[0])
    name, number = match.groups()
    return f"drand:{CHAINS[name].hash if name in CHAINS else name}:{number}"


def due_at(event: str) -> datetime | None:
    """When the round of a canonical event is published; None for a chain that is not known here."""
    _, chain, number = event.split(":")
    known = _BY_HASH.get(chain)
    return known.due_at(int(number)) if known else None
