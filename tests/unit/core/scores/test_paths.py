"""Path models: weights that stand, whatever the order and the units, and models that are none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhicheng.core.refused import Refused
from zhicheng.core.scores import Mode, Scheme, correlation_of, deviations_of, path_model

BLOCKS = {"image": [0, 1, 2], "quality": [3, 4, 5], "satisfaction": [6, 7, 8]}
LINKS = [("image", "quality"), ("image", "satisfaction"), ("quality", "satisfaction")]
SCHEMES = pytest.mark.parametrize("scheme", list(Scheme))
SEEDS = st.integers(0, 500)


def answers(people: int, seed: int) -> np.ndarray:
    """Nine questions on three constructs: quality follows image, satisfaction both."""
    random = np.random.default_rng(seed)
    image = random.normal(size=people)
    quality = 0.6 * image + random.normal(0, 0.8, people)
    satisfaction = 0.3 * image + 0.5 * quality + random.normal(0, 0.6, people)
    loadings = [0.9, 0.7, 0.5]
    return np.column_stack(
        [load * one + random.normal(0, 0.5, people) for one in (image, quality, satisfaction) for load in loadings]
    )


@SCHEMES
@settings(max_examples=15)
@given(seed=SEEDS)
def test_constructs_have_variance_one_and_loadings_are_correlations(scheme: Scheme, seed: int) -> None:
    data = answers(150, seed)
    correlation = correlation_of(data)
    model = path_model(correlation, BLOCKS, LINKS, scheme=scheme)
    standard = (data - data.mean(axis=0)) / data.std(axis=0)
    for name, own in BLOCKS.items():
        construct = standard[:, own] @ model.weights[name]
        assert construct.std() == pytest.approx(1)
        found = [np.corrcoef(construct, data[:, column])[0, 1] for column in own]
        assert model.loadings[name] == pytest.approx(found)
        assert np.sign(model.loadings[name]).sum() > 0


@settings(max_examples=15)
@given(SEEDS)
def test_paths_are_regressions_of_the_constructs(seed: int) -> None:
    data = answers(150, seed)
    model = path_model(correlation_of(data), BLOCKS, LINKS)
    standard = (data - data.mean(axis=0)) / data.std(axis=0)
    image, quality, satisfaction = (standard[:, own] @ model.weights[name] for name, own in BLOCKS.items())
    slopes, left = np.linalg.lstsq(np.column_stack([image, quality]), satisfaction, rcond=None)[:2]
    assert [model.paths["image", "satisfaction"], model.paths["quality", "satisfaction"]] == pytest.approx(slopes)
    assert model.r_squared["satisfaction"] == pytest.approx(1 - left[0] / len(data))


@SCHEMES
@settings(max_examples=10)
@given(seed=SEEDS)
def test_the_weights_stand(scheme: Scheme, seed: int) -> None:
    """By definition of mode A: weights are as the questions' correlations with the neighbourhood."""
    correlation = correlation_of(answers(150, seed))
    model = path_model(correlation, {"image": [0, 1, 2], "satisfaction": [6, 7, 8]}, [("image", "satisfaction")],
                       scheme=scheme)  # fmt: skip
    neighbour = correlation[np.ix_([0, 1, 2], [6, 7, 8])] @ model.weights["satisfaction"]
    shares = model.weights["image"] / model.weights["image"].sum()
    assert shares == pytest.approx(neighbour / neighbour.sum(), abs=1e-6)


def test_two_blocks_of_mode_b_are_the_first_canonical_correlation() -> None:
    """Wold 1982: and canonical correlation is an eigenvalue problem with an answer of its own."""
    correlation = correlation_of(answers(200, 7))
    first, second = [0, 1, 2], [6, 7, 8]
    model = path_model(correlation, {"a": first, "b": second}, [("a", "b")], modes={"a": Mode.B, "b": Mode.B})
    aa, ab, bb = (correlation[np.ix_(*pair)] for pair in ((first, first), (first, second), (second, second)))
    squared = np.linalg.eigvals(np.linalg.solve(aa, ab) @ np.linalg.solve(bb, ab.T)).real.max()
    assert model.paths["a", "b"] == pytest.approx(np.sqrt(squared), rel=1e-6)


def test_two_blocks_of_mode_a_are_the_first_singular_vectors() -> None:
    """Wold 1982: interbattery factor analysis (Tucker 1958)."""
    correlation = correlation_of(answers(200, 8))
    between = correlation[np.ix_([0, 1, 2], [6, 7, 8])]
    left = np.linalg.svd(between)[0][:, 0]
    weights = path_model(correlation, {"a": [0, 1, 2], "b": [6, 7, 8]}, [("a", "b")]).weights["a"]
    assert weights / np.linalg.norm(weights) == pytest.approx(left * np.sign(left.sum()), abs=1e-6)


@settings(max_examples=10)
@given(SEEDS, st.permutations(range(9)))
def test_the_order_of_questions_does_not_matter(seed: int, order: list[int]) -> None:
    correlation = correlation_of(answers(120, seed))
    plain = path_model(correlation, BLOCKS, LINKS)
    moved = {name: [order.index(column) for column in own] for name, own in BLOCKS.items()}
    found = path_model(correlation[np.ix_(order, order)], moved, LINKS)
    for name in BLOCKS:
        assert found.weights[name] == pytest.approx(plain.weights[name], abs=1e-6)


@settings(max_examples=10)
@given(SEEDS, st.lists(st.floats(0.1, 9), min_size=9, max_size=9))
def test_units_of_answers_do_not_matter(seed: int, scales: list[float]) -> None:
    data = answers(60, seed)
    assert correlation_of(data * scales + scales) == pytest.approx(correlation_of(data))


def test_survey_weights_stand_for_people() -> None:
    data = answers(40, 3)
    times = np.random.default_rng(3).integers(1, 4, 40)
    assert correlation_of(data, times) == pytest.approx(correlation_of(np.repeat(data, times, axis=0)))


def test_shares_are_for_an_index() -> None:
    model = path_model(correlation_of(answers(300, 1)), BLOCKS, LINKS)
    shares = model.shares("satisfaction")
    assert shares.sum() == pytest.approx(1)
    assert shares[0] > shares[2]


def test_an_index_of_answers_as_given_is_the_construct_on_their_scale() -> None:
    """Questions of different spread: Σ w·z of standardized ones and the index of plain ones rank people alike."""
    data = answers(200, 1) * np.linspace(1, 5, 9)
    model = path_model(correlation_of(data), BLOCKS, LINKS)
    own = data[:, BLOCKS["satisfaction"]]
    construct = (own - own.mean(axis=0)) / own.std(axis=0) @ model.weights["satisfaction"]
    shares = model.shares("satisfaction", deviations_of(data)[BLOCKS["satisfaction"]])
    assert shares.sum() == pytest.approx(1)
    assert np.corrcoef(own @ shares, construct)[0, 1] == pytest.approx(1)
    assert np.corrcoef(own @ model.shares("satisfaction"), construct)[0, 1] < 1 - 1e-4


def test_where_questions_spread_alike_deviations_change_nothing() -> None:
    model = path_model(correlation_of(answers(100, 2)), BLOCKS, LINKS)
    assert model.shares("image", [2.5, 2.5, 2.5]) == pytest.approx(model.shares("image"))
    with pytest.raises(Refused, match="“deviations” at place 2 is 0"):
        model.shares("image", [1, 0, 1])
    with pytest.raises(Refused, match="“deviations” has 2 values and “weights” has 3"):
        model.shares("image", [1, 1])


def test_deviations_are_those_of_the_people() -> None:
    data, times = answers(40, 3), np.random.default_rng(3).integers(1, 4, 40)
    assert deviations_of(data) == pytest.approx(data.std(axis=0))
    assert deviations_of(data, times) == pytest.approx(np.repeat(data, times, axis=0).std(axis=0))


def test_a_question_asked_the_other_way_round_is_named() -> None:
    data = answers(300, 1)
    data[:, 7] *= -1
    model = path_model(correlation_of(data), BLOCKS, LINKS)
    with pytest.raises(Refused, match=r"A question of “satisfaction” has the weight -0\.\d+: turn it round"):
        model.shares("satisfaction")


@pytest.mark.parametrize(
    ("blocks", "links", "said"),
    [
        (BLOCKS, [*LINKS, ("satisfaction", "image")], "go in a circle"),
        (BLOCKS, LINKS[:1], "“satisfaction” has no block of questions or no link"),
        (BLOCKS, [*LINKS, ("price", "satisfaction")], "“price” has no block"),
        ({**BLOCKS, "image": [0, 1, 3]}, LINKS, "each of 0 to 8 at most once"),
        ({**BLOCKS, "image": [0, 9]}, LINKS, "each of 0 to 8 at most once"),
        ({**BLOCKS, "image": []}, LINKS, "The questions of “image” are none or say the same"),
    ],
)
def test_models_that_are_none_are_refused(
    blocks: dict[str, list[int]], links: list[tuple[str, str]], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        path_model(correlation_of(answers(60, 0)), blocks, links)


def test_data_that_tell_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = answers(60, 0)
    with pytest.raises(Refused, match="1 missing: a full table"):
        correlation_of(np.where(np.arange(540).reshape(60, 9) == 7, np.nan, data))
    with pytest.raises(Refused, match="Question 1 is answered alike by all"):
        correlation_of(np.column_stack([np.ones(60), data]))
    with pytest.raises(Refused, match="“image” are none or say the same"):
        path_model(correlation_of(np.column_stack([data[:, :2], data[:, :1], data[:, 3:]])), BLOCKS, LINKS)
    with pytest.raises(Refused, match=r"shape \(2, 3\): a symmetric table"):
        path_model(np.ones((2, 3)), BLOCKS, LINKS)
    monkeypatch.setattr("zhicheng.core.scores.paths.MOST_ROUNDS", 1)
    with pytest.raises(Refused, match="weights of image, quality, satisfaction do not settle within 1 rounds"):
        path_model(correlation_of(data), BLOCKS, LINKS)


def by_scores(data: np.ndarray, scheme: Scheme, mode: Mode) -> list[np.ndarray]:
    """The same algorithm as textbooks write it, on the answers: scores, neighbourhoods, regressions."""
    standard = (data - data.mean(axis=0)) / data.std(axis=0)
    own = list(BLOCKS.values())
    causes = {0: [], 1: [0], 2: [0, 1]}
    weights = [np.ones(3)] * 3
    for _ in range(400):
        scores = [standard[:, block] @ weight for block, weight in zip(own, weights, strict=True)]
        scores = [score / score.std() for score in scores]
        weights = []
        for number, block in enumerate(own):
            proxy = np.zeros(len(data))
            before = causes[number]
            for other in range(3):
                if other == number:
                    continue
                correlation = np.corrcoef(scores[number], scores[other])[0, 1]
                if scheme is Scheme.CENTROID:
                    proxy += np.sign(correlation) * scores[other]
                elif scheme is Scheme.FACTORIAL or other not in before:
                    proxy += correlation * scores[other]
            if scheme is Scheme.PATH and before:
                matrix = np.column_stack([scores[other] for other in before])
                proxy += matrix @ np.linalg.lstsq(matrix, scores[number], rcond=None)[0]
            block_data = standard[:, block]
            found = block_data.T @ proxy if mode is Mode.A else np.linalg.lstsq(block_data, proxy, rcond=None)[0]
            weights.append(found / (block_data @ found).std())
    return weights


@SCHEMES
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("seed", [1, 2])
def test_correlations_give_what_the_answers_give(scheme: Scheme, mode: Mode, seed: int) -> None:
    data = answers(200, seed)
    model = path_model(correlation_of(data), BLOCKS, LINKS, scheme=scheme, modes=dict.fromkeys(BLOCKS, mode))
    for found, expected in zip(model.weights.values(), by_scores(data, scheme, mode), strict=True):
        assert found == pytest.approx(expected * np.sign(expected.sum()) * np.sign(found.sum()), abs=1e-6)


def test_better_questions_weigh_more_and_paths_have_their_sign() -> None:
    """Of many people: loadings 0.9, 0.7 and 0.5 give falling weights; a negative influence stays one."""
    random = np.random.default_rng(9)
    price = random.normal(size=4000)
    loyalty = -0.6 * price + random.normal(0, 0.8, 4000)
    data = np.column_stack(
        [load * one + random.normal(0, 0.5, 4000) for one in (price, loyalty) for load in (0.9, 0.7, 0.5)]
    )
    model = path_model(correlation_of(data), {"price": [0, 1, 2], "loyalty": [3, 4, 5]}, [("price", "loyalty")])
    for name in ("price", "loyalty"):
        assert (np.diff(model.weights[name]) < 0).all()
    assert model.paths["price", "loyalty"] == pytest.approx(-0.5, abs=0.05)
    assert model.r_squared["loyalty"] == pytest.approx(model.paths["price", "loyalty"] ** 2)


def test_a_construct_of_one_question_is_the_question() -> None:
    correlation = correlation_of(answers(100, 4))
    blocks = {"image": [0, 1, 2], "complaints": [8]}
    model = path_model(correlation, blocks, [("image", "complaints")])
    assert model.weights["complaints"] == pytest.approx([1])
    assert model.loadings["complaints"] == pytest.approx([1])
    assert model.shares("complaints") == pytest.approx([1])


def test_weights_of_answers_repeat_them() -> None:
    data = answers(60, 6)
    times = np.random.default_rng(6).integers(0, 4, 60)
    assert correlation_of(data, times) == pytest.approx(correlation_of(np.repeat(data, times, axis=0)))
    assert correlation_of(data) == pytest.approx(np.corrcoef(data, rowvar=False))


def test_paths_of_single_questions_by_hand() -> None:
    """Two causes with 0.5 between them, 0.6 and 0.7 to the consequence: b = (r₁ − r₁₂·r₂)/(1 − r₁₂²)."""
    correlation = [[1, 0.5, 0.6], [0.5, 1, 0.7], [0.6, 0.7, 1]]
    model = path_model(correlation, {"a": [0], "b": [1], "c": [2]}, [("a", "c"), ("b", "c")])
    assert model.paths["a", "c"] == pytest.approx((0.6 - 0.5 * 0.7) / 0.75)
    assert model.paths["b", "c"] == pytest.approx((0.7 - 0.5 * 0.6) / 0.75)
    assert model.r_squared == pytest.approx({"c": 0.6 * model.paths["a", "c"] + 0.7 * model.paths["b", "c"]})
    assert model.rounds == 1


@SCHEMES
@pytest.mark.parametrize("mode", list(Mode))
def test_a_chain_of_single_questions_hands_on_correlations(scheme: Scheme, mode: Mode) -> None:
    correlation = [[1, 0.5, 0.3], [0.5, 1, -0.7], [0.3, -0.7, 1]]
    blocks = {"a": [0], "b": [1], "c": [2]}
    model = path_model(
        correlation, blocks, [("a", "b"), ("b", "c")], scheme=scheme, modes=dict.fromkeys(blocks, mode)
    )
    assert model.paths == pytest.approx({("a", "b"): 0.5, ("b", "c"): -0.7})
    assert model.r_squared == pytest.approx({"b": 0.25, "c": 0.49})
    assert all(weights.tolist() == [1] for weights in model.weights.values())


@SCHEMES
def test_each_construct_may_have_a_mode_of_its_own(scheme: Scheme) -> None:
    """By what defines them: correlations with the neighbourhood where A, its regression where B."""
    correlation = correlation_of(answers(200, 5))
    first, second = [0, 1, 2], [6, 7, 8]
    model = path_model(correlation, {"a": first, "b": second}, [("a", "b")], modes={"b": Mode.B}, scheme=scheme)
    of_a = correlation[np.ix_(first, second)] @ model.weights["b"]
    of_b = np.linalg.solve(
        correlation[np.ix_(second, second)], correlation[np.ix_(second, first)] @ model.weights["a"]
    )
    for name, expected in (("a", of_a), ("b", of_b)):
        found = model.weights[name]
        assert found / np.linalg.norm(found) == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)


@SCHEMES
def test_a_link_that_is_given_twice_is_one(scheme: Scheme) -> None:
    correlation = correlation_of(answers(100, 3))
    once, twice = (path_model(correlation, BLOCKS, links, scheme=scheme) for links in (LINKS, [*LINKS, *LINKS]))
    assert twice.paths == pytest.approx(once.paths)
    assert twice.rounds == once.rounds


@settings(max_examples=10)
@given(SEEDS, st.sets(st.integers(0, 8), max_size=4))
def test_a_question_turned_round_turns_its_weight_round(seed: int, turned: set[int]) -> None:
    """And the construct with it, if most of its questions are."""
    signs = np.array([-1.0 if column in turned else 1.0 for column in range(9)])
    plain = path_model(correlation_of(answers(150, seed)), BLOCKS, LINKS)
    found = path_model(correlation_of(answers(150, seed) * signs), BLOCKS, LINKS)
    for name, own in BLOCKS.items():
        side = np.sign((signs[own] * plain.loadings[name] > 0).sum() - 1.5)
        assert found.weights[name] == pytest.approx(side * signs[own] * plain.weights[name], abs=1e-6)
        assert (found.loadings[name] > 0).sum() >= 2
    assert found.r_squared == pytest.approx(plain.r_squared, abs=1e-6)


def test_correlations_and_deviations_by_hand() -> None:
    """Of 1, 2, 3 and 1, 3, 2: variances 2/3, covariance 1/3; with the third twice 11/16, 1/2 and 1/4."""
    table = [[1, 1], [2, 3], [3, 2]]
    assert correlation_of(table) == pytest.approx(np.array([[1, 0.5], [0.5, 1]]))
    assert deviations_of(table) == pytest.approx([np.sqrt(2 / 3)] * 2)
    assert correlation_of(table, [1, 1, 2])[0, 1] == pytest.approx(0.25 / np.sqrt(0.6875 * 0.5))
    assert deviations_of(table, [1, 1, 2]) == pytest.approx(np.sqrt([0.6875, 0.5]))


def test_a_construct_points_where_most_of_its_questions_do() -> None:
    """One strong question and two weak ones asked the other way round: two count more than one, however strong."""
    loadings = np.array([0.9, -0.3, -0.3])
    correlation = np.eye(4)
    correlation[:3, :3] = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    correlation[:3, 3] = correlation[3, :3] = 0.5 * loadings
    model = path_model(correlation, {"image": [0, 1, 2], "trust": [3]}, [("image", "trust")])
    assert np.sign(model.loadings["image"]).tolist() == [-1, 1, 1]
    assert np.sign(model.weights["image"]).tolist() == [-1, 1, 1]
    assert -0.5 < model.paths["image", "trust"] < -0.4


def test_a_question_that_tells_nothing_has_no_share() -> None:
    correlation = [[1, 0, 0.5], [0, 1, 0], [0.5, 0, 1]]
    model = path_model(correlation, {"image": [0, 1], "trust": [2]}, [("image", "trust")])
    assert model.shares("image").tolist() == [1, 0]


def test_the_last_round_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    correlation = correlation_of(answers(100, 3))
    rounds = path_model(correlation, BLOCKS, LINKS).rounds
    monkeypatch.setattr("zhicheng.core.scores.paths.MOST_ROUNDS", rounds)
    assert path_model(correlation, BLOCKS, LINKS).rounds == rounds > 3
    monkeypatch.setattr("zhicheng.core.scores.paths.MOST_ROUNDS", rounds - 1)
    with pytest.raises(Refused, match=f"do not settle within {rounds - 1} rounds"):
        path_model(correlation, BLOCKS, LINKS)


def test_a_question_may_be_answered_in_much_smaller_numbers_than_another() -> None:
    assert correlation_of([[0, 1e14], [1, 3e14], [2, 2e14]])[0, 1] == pytest.approx(0.5)


@SCHEMES
@pytest.mark.parametrize("mode", list(Mode))
def test_schemes_and_modes_may_be_named_by_their_texts(scheme: Scheme, mode: Mode) -> None:
    correlation = correlation_of(answers(150, 3))
    by_member = path_model(correlation, BLOCKS, LINKS, modes=dict.fromkeys(BLOCKS, mode), scheme=scheme)
    by_text = path_model(correlation, BLOCKS, LINKS, modes=dict.fromkeys(BLOCKS, str(mode)), scheme=str(scheme))
    assert by_text.paths == by_member.paths


def test_a_scheme_or_mode_that_is_none_is_not_taken_for_another() -> None:
    correlation = correlation_of(answers(150, 3))
    with pytest.raises(Refused, match="“scheme” is “factor”; expected one of centroid, factorial, path"):
        path_model(correlation, BLOCKS, LINKS, scheme="factor")
    with pytest.raises(Refused, match="“modes” is “c”; expected one of a, b"):
        path_model(correlation, BLOCKS, LINKS, modes={"image": "c"})


def test_shares_of_a_construct_that_is_none_are_refused() -> None:
    model = path_model(correlation_of(answers(150, 3)), BLOCKS, LINKS)
    with pytest.raises(Refused, match="“construct” is “price”; expected one of image, quality, satisfaction"):
        model.shares("price")


def test_constructs_called_by_numbers_are_told_as_well() -> None:
    with pytest.raises(Refused, match="“2, 3” has no block of questions or no link"):
        path_model(np.eye(2), {1: [0], 2: [1]}, [(1, 3)])  # type: ignore[dict-item, list-item]
    with pytest.raises(Refused, match="The links 1 → 2, 2 → 1 go in a circle"):
        path_model(np.eye(2), {1: [0], 2: [1]}, [(2, 1), (1, 2)])  # type: ignore[dict-item, list-item]
