"""The commitment: one hash over the four inputs, published before the randomness is known.

Afterwards nobody can exchange a roster, a plan, an inspector or a conflict without the hash telling.

>>> from zhicheng.core.draws.plan import Plan
>>> from zhicheng.core.draws.tables import Table
>>> nothing = Table("nothing", [])
>>> plan = Plan("plan", {"n": {}, "inspectors_per_visit": 2})
>>> commit(Inputs(nothing, nothing, nothing, plan)).roster[:16]
'e3b0c44298fc1c14'
"""

from dataclasses import dataclass

from zhicheng.core.choices import named
from zhicheng.core.draws.hashing import Algorithm
from zhicheng.core.draws.inputs import Inputs


@dataclass(frozen=True)
class Commitment:
    """The hashes of the four inputs and the one over them, each as 64 hexadecimal digits."""

    algorithm: Algorithm
    roster: str
    inspectors: str
    conflicts: str
    plan: str
    commitment: str

    def document(self) -> dict[str, str]:
        """The hashes under the names by which they are published, such as `frame_sha256`."""
        return {
            f"frame_{self.algorithm}": self.roster,
            f"inspectors_{self.algorithm}": self.inspectors,
            f"conflicts_{self.algorithm}": self.conflicts,
            f"plan_{self.algorithm}": self.plan,
            "commitment": self.commitment,
        }


def commit(inputs: Inputs, algorithm: str = Algorithm.SHA256) -> Commitment:
    """The commitment to `inputs`; the same for every order of the rows of a table and of the keys of the plan.

    `algorithm` is an `Algorithm` or its text. Raises Refused for another.
    """
    algorithm = named(Algorithm, "algorithm", algorithm)
    texts = (inputs.roster, inputs.inspectors, inputs.conflicts, inputs.plan)
    roster, inspectors, conflicts, plan = (algorithm.of_text(text.canonical) for text in texts)
    over_all = algorithm.joined(algorithm.tag, roster, inspectors, conflicts, plan)
    return Commitment(algorithm, roster, inspectors, conflicts, plan, over_all)
