"""The same estimate in every domain, with the covariances between domains.

A cluster that has rows of two domains ties their estimates together; comparing them needs the covariance.

>>> from zhicheng.core.estimates.means import mean
>>> design = Design.clusters([1, 1, 2, 2, 3, 3], weights=5)
>>> found = by_domain(mean, design, [4.0, 6.0, 5.0, 9.0, 6.0, 9.0], by=["a", "b"] * 3)
>>> dict(zip(found.names, found.values.tolist()))
{'a': 5.0, 'b': 8.0}
>>> found.covariance.round(4).tolist()
[[0.3333, 0.5], [0.5, 1.0]]
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from zhicheng.core.designs import Design, DesignError, Floats, Labels
from zhicheng.core.estimates.estimate import Estimates
from zhicheng.core.estimates.variables import Columns, coded, titled
from zhicheng.core.words import words


def by_domain(
    estimator: Callable[..., Estimates], design: Design, *columns: Columns, by: Labels, **options: Any
) -> Estimates:
    """What `estimator` finds of `columns` in each domain: the rows with one label in `by`, in order of labels.

    Two classifications crossed are one of pairs: `by=list(zip(place, kind))`. Rows without a label (None or NaN,
    also in one part of a pair) are in no domain. Named by label, or “label: column” if an estimator
    gives several. Degrees of freedom are those of the whole design. Variances are those that `estimator` finds
    in a domain alone, which lonely units make differ from those of all domains together (R's `svyby` without
    `covmat`); a `contrast` varies as all together do. Raises DesignError.
    """
    if len(by) != design.size:
        raise DesignError(
            words("“{name}” has {count} labels; expected one for each of {rows} rows"),
            name="by",
            count=len(by),
            rows=design.size,
        )
    codes, labels = coded(by)
    found = [
        (label, estimator(design.domain(design.inside & (codes == code)), *columns, **options))
        for code, label in enumerate(labels)
        if (design.inside & (codes == code)).any()
    ]
    if not found:
        raise DesignError(words("no row of the domain has a value; expected one or more"))
    simple = [each.simple_variances for _, each in found if each.simple_variances is not None]
    left_out = [each.left_out for _, each in found if each.left_out is not None]
    inside = np.logical_or.reduce([each.domain.inside for _, each in found])
    joint = Estimates.of(
        design,
        tuple(
            titled(label) if len(each.names) == 1 else f"{titled(label)}: {name}"
            for label, each in found
            for name in each.names
        ),
        np.concatenate([each.values for _, each in found]),
        np.hstack([each.influence for _, each in found]),
        domain=design.domain(inside),
        simple_variances=np.concatenate(simple) if len(simple) == len(found) else None,
        left_out=np.concatenate(left_out) if len(left_out) == len(found) else None,
    )
    return replace(joint, covariance=_with_blocks(joint.covariance, [each.covariance for _, each in found]))


def _with_blocks(joint: Floats, own: Sequence[Floats]) -> Floats:
    """The covariance `joint` (k, k) with the blocks `own` along its diagonal."""
    covariance, start = joint.copy(), 0
    for block in own:
        place = slice(start, start + len(block))
        covariance[place, place] = block
        start = place.stop
    return covariance
