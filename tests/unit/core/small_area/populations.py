"""Areas drawn from the model of Fay and Herriot itself, for Monte Carlo."""

from dataclasses import dataclass

import numpy as np

from zhicheng.core.small_area import Areas
from zhicheng.core.small_area.areas import Reals


@dataclass(frozen=True)
class Drawn:
    """Areas with what they truly are, shape (areas,)."""

    areas: Areas
    true: Reals


def drawn(draws: np.random.Generator, count: int, variance: float, *, unseen: int = 0) -> Drawn:
    """`count` areas with a constant, a regressor and effects of this variance, and `unseen` without estimate."""
    total = count + unseen
    regressors = np.column_stack([np.ones(total), draws.uniform(0, 2, total)])
    variances = np.geomspace(0.3, 2.0, total)[draws.permutation(total)]
    true = regressors @ [1.0, 0.5] + draws.normal(0, np.sqrt(variance), total)
    direct = true + draws.normal(0, np.sqrt(variances))
    direct[count:], variances[count:] = np.nan, np.nan
    return Drawn(Areas.of(direct, variances, regressors), true)
