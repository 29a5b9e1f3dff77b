"""Failure rates (不合格率) of strata after past batches, and how sure they are: a hierarchical model.

The rates of all strata come, it is thought, from one beta distribution, of which the batches of all strata tell
something; each stratum's own batches then move its rate away from there. A stratum with few batches keeps close
to the others, one with many speaks for itself. What is not known of the common distribution is averaged over,
by a grid (Gelman and others 2013, section 5.3), so that the rates are not taken for surer than they are.

>>> rates = failure_rates([0, 3, 12], [4, 60, 60])
>>> rates.means.round(3).tolist()
[0.085, 0.059, 0.197]
>>> low, high = rates.interval(0.9)
>>> low.round(3).tolist(), high.round(3).tolist()
([0.001, 0.019, 0.121], [0.301, 0.116, 0.285])
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, betaln, expit, logit

from zhicheng.core.allocation.strata import AllocationError, Reals, per_stratum
from zhicheng.core.words import words

STRENGTHS = np.geomspace(1, 10_000, 61)
"""How many batches the common distribution may be worth."""
STEPS = np.linspace(-6, 6, 25)
"""At which means it is looked at, in standard errors of the mean on the scale of the logit."""


@dataclass(frozen=True, slots=True, eq=False)
class FailureRates:
    """The failure rate of each stratum: beta with the parameters `failing` and `passing`, shape (strata,).

    `common_mean` and `common_strength` describe the distribution of all rates: its mean, and how many batches
    it is worth. The more alike the strata are, the larger is its strength.
    """

    failing: Reals
    passing: Reals
    common_mean: float
    common_strength: float

    @property
    def means(self) -> Reals:
        """The expected failure rates."""
        return self.failing / (self.failing + self.passing)

    @property
    def deviations(self) -> Reals:
        """√E[p(1−p)]: the standard deviation of one batch's result, the rate being known no better than this."""
        sums = self.failing + self.passing
        return np.asarray(np.sqrt(self.failing * self.passing / (sums * (sums + 1))))

    def interval(self, credence: float) -> tuple[Reals, Reals]:
        """The rates between which each lies with this probability (0 to 1), as much left out below as above."""
        tail = (1 - credence) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def quantile(self, level: float) -> Reals:
        """The rates below which each lies with the probability `level`."""
        return np.asarray(betaincinv(self.failing, self.passing, level))


def failure_rates(failed: ArrayLike, tested: ArrayLike, *, names: Sequence[str] | None = None) -> FailureRates:
    """Failure rates after `failed` of `tested` batches in each stratum, shape (strata,).

    Both may be fractions, so that batches of earlier years can count less. Each rate is the beta distribution
    with mean and variance of what the model says; before any batch is tested the common distribution may have
    any mean, and any 1/strength, which is nearly the variance of the rates (as in Morris and Tang 2011 for the
    normal model). Raises AllocationError if more failed than were tested, or if nothing was tested.
    """
    called = tuple(names) if names is not None else tuple(str(place + 1) for place in range(np.size(tested)))
    total = per_stratum(words("number of tested batches"), tested, called)
    bad = per_stratum(words("number of failed batches"), failed, called)
    for name, wrong, of in zip(called, bad, total, strict=True):
        if wrong > of:
            message = words(
                "Stratum “{name}”: {failed:g} of {tested:g} batches failed; expected is all of them or fewer"
            )
            raise AllocationError(message, name=name, failed=float(wrong), tested=float(of))
    if total.sum() == 0:
        raise AllocationError(words("No batch was tested in any stratum; expected is one or more"))
    means, strengths, weights = _common(bad, total)
    sums = strengths + total[:, np.newaxis]
    given = (means * strengths + bad[:, np.newaxis]) / sums
    expected = given @ weights
    variances = (given * (1 - given) / (sums + 1)) @ weights + ((given - expected[:, np.newaxis]) ** 2) @ weights
    worth = expected * (1 - expected) / variances - 1
    common_strength = float(np.exp(weights @ np.log(strengths)))
    return FailureRates(expected * worth, (1 - expected) * worth, float(weights @ means), common_strength)


def _common(failed: Reals, tested: Reals) -> tuple[Reals, Reals, Reals]:
    """Means and strengths that the common distribution may have, and how likely each pair is, shape (pairs,)."""
    strengths = STRENGTHS[:, np.newaxis]
    # Batches of one stratum are alike and tell less of the others: each counts as 1/(1 + (n − 1)/(s + 1)).
    counting = (strengths + 1) / (strengths + np.maximum(tested, 1))
    number, share = counting @ tested + 1, counting @ failed + 0.5
    centre = share / number
    errors = 1 / np.sqrt(number * centre * (1 - centre))
    logits = logit(centre)[:, np.newaxis] + STEPS * errors[:, np.newaxis]
    strengths = np.broadcast_to(strengths, logits.shape)
    # Every strength has its own step between means, which a sum over the grid has to allow for.
    steps = np.broadcast_to(np.log(errors)[:, np.newaxis], logits.shape)
    heights = (_likelihood(logits.ravel(), strengths.ravel(), failed, tested) + steps.ravel()).astype(float)
    weights = np.exp(heights - heights.max())
    return expit(logits).ravel(), strengths.ravel(), weights / weights.sum()


def _likelihood(logits: Reals, strengths: Reals, failed: Reals, tested: Reals) -> Reals:
    """The logarithm of likelihood times prior at each point, shape (points,), up to a constant."""
    mean, rest = expit(logits), expit(-logits)
    prior = np.log(mean) + np.log(rest) - np.log(strengths)
    failing, passing = mean * strengths, rest * strengths
    own = betaln(failing + failed[:, np.newaxis], passing + (tested - failed)[:, np.newaxis])
    return np.asarray(np.sum(own - betaln(failing, passing), axis=0) + prior)
