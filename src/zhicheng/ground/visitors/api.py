"""What other apps may use of visitors."""

from zhicheng.ground.visitors.address import address_of
from zhicheng.ground.visitors.services import count_attempt, held_until

__all__ = ["address_of", "count_attempt", "held_until"]
