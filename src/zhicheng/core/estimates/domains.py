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
from typing import Any, Protocol, TypeVar

from zhicheng.core.designs import Design, DesignError, Labels
from zhicheng.core.designs.columns import check_labels
from zhicheng.core.estimates.variables import Columns, Undefined, coded, no_row_has_a_value, titled
from zhicheng.core.words import words


class Found(Protocol):
    """What an estimator finds, if that of several domains can stand side by side: `Estimates`, `Quantiles`."""

    @property
    def names(self) -> tuple[str, ...]:
        """What each value is called."""

    def undefined(self: "F", domain: Design) -> "F":
        """The same, NaN, of a domain whose rows do not have what it takes."""

    @classmethod
    def of_domains(cls: "type[F]", design: Design, names: tuple[str, ...], found: "Sequence[F]") -> "F":
        """What was found in several domains of a design, as one."""


F = TypeVar("F", bound=Found)


def by_domain(estimator: Callable[..., F], design: Design, *columns: Columns, by: Labels, **options: Any) -> F:
    """What `estimator` finds of `columns` in each domain: the rows with one label in `by`, in order of labels.

    Two classifications crossed are one of pairs: `by=list(zip(place, kind))`. Rows without a label (None or NaN,
    also in one part of a pair) are in no domain. Named by label, or “label: column” if an estimator
    gives several. Degrees of freedom are those of the whole design. Variances are those that `estimator` finds
    in a domain alone, which lonely units make differ from those of all domains together (R's `svyby` without
    `covmat`); a `contrast` varies as all together do. What is undefined in some domains, which lack values, is
    NaN there. Raises DesignError, and Undefined if it is so in all.

    >>> from zhicheng.core.estimates.quantiles import quantile
    >>> by_domain(quantile, Design.simple(6, weights=5), [4, 6, 5, 9, 7, 9], 0.5, by="aababb").values.tolist()
    [6.0, 7.0]
    """
    check_labels("by", by, design.size)
    codes, labels = coded(by)
    domains = [(label, design.domain(design.inside & (codes == code))) for code, label in enumerate(labels)]
    domains = [(label, domain) for label, domain in domains if domain.observed]
    tried = [_tried(estimator, domain, columns, options) for _, domain in domains]
    known = [each for each in tried if not isinstance(each, Undefined)]
    if not known:
        raise next((each for each in tried if isinstance(each, Undefined)), no_row_has_a_value())
    first = known[0]
    found = [
        first.undefined(domain) if isinstance(each, Undefined) else each
        for each, (_, domain) in zip(tried, domains, strict=True)
    ]
    names = tuple(
        titled(label) if len(each.names) == 1 else f"{titled(label)}: {name}"
        for each, (label, _) in zip(found, domains, strict=True)
        for name in each.names
    )
    return type(first).of_domains(design, names, found)


def _tried(
    estimator: Callable[..., F], domain: Design, columns: Sequence[Columns], options: dict[str, Any]
) -> F | Undefined:
    """What `estimator` finds in a domain, or why nothing. Raises DesignError if domains of it make no one."""
    try:
        found = estimator(domain, *columns, **options)
    except Undefined as undefined:
        return undefined
    if not hasattr(found, "of_domains"):
        raise DesignError(
            words("“{name}” gives {kind} of a domain; expected Estimates or Quantiles, or a call for each domain"),
            name=getattr(estimator, "__name__", estimator),
            kind=type(found).__name__,
        )
    return found
