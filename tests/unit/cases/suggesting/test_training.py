from datetime import UTC, datetime
from random import Random

import numpy as np
import pytest

from unit.cases.suggesting.texts import complaints
from zhicheng.cases.suggesting.grams import choose_vocabulary, count_grams
from zhicheng.cases.suggesting.measuring import NEVER, choose_threshold, measure
from zhicheng.cases.suggesting.model_file import to_bytes
from zhicheng.cases.suggesting.starting import starting_model
from zhicheng.cases.suggesting.training import Labelled, TooFewTexts, train

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_what_is_learned_is_suggested_first():
    trained = train(complaints(30), now=NOW)
    found = trained.model.suggest("我家三楼卫生间一直渗水，墙都发霉了")
    assert found[0].label == "leak"
    assert found[0].confidence >= trained.model.threshold
    assert trained.measure.macro_f1 > 0.95


def test_the_same_texts_and_seed_give_the_same_file():
    assert to_bytes(train(complaints(20), now=NOW).model) == to_bytes(train(complaints(20), now=NOW).model)


def test_labels_that_texts_cannot_tell_are_never_suggested():
    random = Random(3)
    texts = [Labelled(one.text, random.choice("ab")) for one in complaints(30)]
    trained = train(texts, now=NOW, precision=0.95)
    assert trained.model.threshold == NEVER
    assert trained.model.suggest("卫生间渗水") == []
    assert trained.measure.coverage == 0


def test_a_text_of_which_nothing_is_known_gets_no_suggestion():
    trained = train(complaints(20), now=NOW, precision=0.5)
    assert trained.model.suggest("") == trained.model.suggest("\x00\x00") == trained.model.suggest("XYZZY") == []


def test_two_categories_have_a_row_of_weights_each():
    trained = train([one for one in complaints(20) if one.label in ("leak", "refund")], now=NOW)
    assert trained.model.weights.shape[0] == 2
    assert trained.model.rate("商家不退款")[0].label == "refund"
    assert trained.model.rate("屋面漏雨")[0].label == "leak"


def test_repeated_texts_count_once_and_rare_categories_are_left_out():
    texts = complaints(10)
    trained = train([*texts, *texts[:7], Labelled("只有这一条", "lonely")], now=NOW)
    assert trained.repeated == 7
    assert trained.left_out == (("lonely", 1),)
    assert trained.model.learned["texts"] == 40
    assert trained.model.learned["per_category"] == dict.fromkeys(("heating", "leak", "noise", "refund"), 10)
    assert trained.model.learned["trained_at"] == "2026-11-23T02:00:00+00:00"


@pytest.mark.parametrize("texts", [[], complaints(3), [one for one in complaints(9) if one.label == "leak"]])
def test_too_few_texts_are_refused(texts):
    with pytest.raises(TooFewTexts):
        train(texts, now=NOW)


def test_measure_by_hand():
    chances = np.array([[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.7, 0.3]], dtype=np.float32)
    found = measure(chances, np.array([0, 0, 1, 1]), ("a", "b"), threshold=0.75, wanted=0.9)
    first, second = found.categories
    assert (first.precision, first.recall, first.support) == (2 / 3, 1.0, 2)
    assert (second.precision, second.recall, second.f1) == (1.0, 0.5, 2 / 3)
    assert found.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)
    assert (found.coverage, found.precision_when_sure) == (0.5, 1.0)
    assert [(one.was, one.taken_for, one.count) for one in found.confusions] == [("b", "a", 1)]


def test_the_threshold_does_not_part_equal_confidences():
    chances = np.array([[0.9, 0.1]] * 40, dtype=np.float32)
    assert choose_threshold(chances, np.array([0] * 30 + [1] * 10), 0.95) == NEVER


def test_the_commonest_grams_are_kept_whatever_their_order():
    texts = [count_grams(text) for text in ("漏水", "漏水", "漏风")]
    kept = choose_vocabulary(texts, fewest=2, most=2)
    assert kept.tolist() == choose_vocabulary(texts[::-1], fewest=2, most=2).tolist()
    assert ord("漏") in kept


def test_words_of_categories_suggest_before_anything_is_learned():
    model = starting_model(
        {"leak": ["渗漏", "防水与保温"], "heating": ["供暖不热", "暖通"], "door": ["入户门变形"]}
    )
    assert model is not None
    assert model.suggest("供暖以后家里还是不热")[0].label == "heating"
    assert model.suggest("完全无关") == []
    assert starting_model({"leak": ["渗漏"]}) is None
