"""What is gained by drawing the next batches where failures are expected, and what is lost, in invented cities.

Each city has 40 strata (products in counties) of 20 to some thousand batches. A first season of 400 batches is
drawn in proportion to size; in five further seasons each rule divides 400 batches, knowing only what it has
found itself so far. All rules meet the same cities and the same changes of them. Four worlds have rates from a
beta distribution, which is what the method assumes; in the other two it is wrong. The city's failure rate is
estimated from the batches of one season alone, weighted by size, which is unbiased under every rule. ± is the
standard error over cities.

    python bench/where_next.py --cities 60
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.special import expit

from zhicheng.core.allocation import Strata, proportional, where_next
from zhicheng.core.allocation.strata import Counts, Reals

STRATA, BATCHES, SEASONS = 40, 400, 5
Rule = Callable[[Strata, Reals, Reals], Counts]


@dataclass(frozen=True)
class World:
    """How the failure rates of a city's strata come about, and which part of them is drawn anew each season."""

    name: str
    rates: Callable[[Generator], Reals]
    renewed: float = 0.0


def _beta(mean: float, strength: float) -> Callable[[Generator], Reals]:
    return lambda draws: draws.beta(mean * strength, (1 - mean) * strength, STRATA)


def _hot_spots(draws: Generator) -> Reals:
    return np.where(draws.random(STRATA) < 0.1, 0.3, 0.03)


def _products_and_counties(draws: Generator) -> Reals:
    """Five products in eight counties, of which each is good or bad everywhere: log-odds that add up."""
    products, counties = draws.normal(0, 0.8, 5), draws.normal(0, 0.6, STRATA // 5)
    return np.asarray(expit(-3.1 + np.add.outer(counties, products).ravel() + draws.normal(0, 0.3, STRATA)))


WORLDS = (
    World("alike: all near 6 %", _beta(0.06, 1000)),
    World("different: 6 %, most 0 to 18 %", _beta(0.06, 15)),
    World("very different: 6 %, most 0 to 30 %", _beta(0.06, 5)),
    World("hot spots: one in ten has 30 %, the others 3 %", _hot_spots),
    World("products and counties, each good or bad everywhere", _products_and_counties),
    World("different, a third new each season", _beta(0.06, 15), renewed=1 / 3),
)
RULES: dict[str, Rule] = {
    "proportional": lambda strata, *_: proportional(strata, BATCHES).numbers,
    "only to know": lambda *past: where_next(*past, BATCHES, knowing=1.0).numbers,
    "where next": lambda *past: where_next(*past, BATCHES).numbers,
    "only to find": lambda *past: where_next(*past, BATCHES, knowing=0.0).numbers,
}


def main() -> None:
    """Prints one row for each world."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", type=int, default=60, help="invented cities in each world")
    cities = parser.parse_args().cities
    print("| World |" + "".join(f" {name} |" for name in RULES))
    print("|---|" + "---:|" * len(RULES))
    for world in WORLDS:
        cells = []
        for rule in RULES.values():
            played = np.array([play(world, rule, seed) for seed in range(cities)])
            doubt = played[:, 0].std(ddof=1) / np.sqrt(cities)
            cells.append(f"{played[:, 0].mean():.1f} ± {doubt:.1f} · {100 * np.sqrt(played[:, 1].mean()):.2f}")
        print(f"| {world.name} | " + " | ".join(cells) + " |", flush=True)


def play(world: World, rule: Rule, seed: int) -> tuple[float, float]:
    """Failures found in a season, and the squared error of the city's rate: averages over one city's seasons."""
    city, draws = np.random.default_rng([seed, 0]), np.random.default_rng([seed, 1])
    strata = Strata.of(np.maximum(np.round(city.lognormal(5, 1, STRATA)), 20))
    shares = strata.sizes / strata.sizes.sum()
    true = world.rates(city)
    tested = proportional(strata, BATCHES).numbers.astype(float)
    failed = draws.binomial(tested.astype(int), true).astype(float)
    found, errors = 0, []
    for _ in range(SEASONS):
        true = np.where(city.random(STRATA) < world.renewed, world.rates(city), true)
        numbers = rule(strata, failed, tested)
        failing = draws.binomial(numbers, true)
        failed, tested, found = failed + failing, tested + numbers, found + int(failing.sum())
        errors.append(float(shares @ (failing / numbers - true)) ** 2)
    return found / SEASONS, float(np.mean(errors))


if __name__ == "__main__":
    main()
