from dataclasses import replace

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from integration.cases.conftest import step
from unit.cases.suggesting.texts import complaints
from zhicheng.cases.models import CategoryChoice, SuggestionModel
from zhicheng.cases.suggesting.queries import confirmed_texts, file_of, model_for, suggest_categories_for
from zhicheng.cases.suggesting.services import keep_choice, labels_as_codes, save_model
from zhicheng.cases.suggesting.training import Labelled, train
from zhicheng.core.access import Role
from zhicheng.core.refused import Refused
from zhicheng.ground.areas.api import get_area
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.packs.api import get_term

CATEGORIES = {"leak": "渗漏", "heating": "供暖不热", "noise": "hollow", "refund": "Warped entrance doors"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, path=tmp_path))
    forget_kept()
    yield tmp_path
    forget_kept()


@pytest.fixture
def trained(city, home, now):
    area = get_area("3704")
    texts = labels_as_codes([replace(one, label=CATEGORIES[one.label]) for one in complaints(20)], area)
    return train(texts, now=now).model


def test_the_words_of_the_categories_suggest_first_and_say_so(city, home):
    found = suggest_categories_for("供暖一直不热，室内很冷", city.town.path)
    assert found.starting
    assert found.categories[0].term.code == "heating"
    assert found.categories[0].percent is None


def test_a_saved_model_suggests_with_confidence(city, trained, now):
    row = save_model(model=trained, area=get_area("3704"), by="user:1", now=now)
    found = suggest_categories_for("外墙渗漏发霉", city.town.path)
    assert (found.starting, found.model) == (False, row.sha256)
    assert found.categories[0].term.code == "leak"
    assert found.categories[0].percent >= 50


def test_a_model_of_one_city_does_not_suggest_in_another(city, trained, now):
    save_model(model=trained, area=get_area("370481"), by="user:1", now=now)
    assert model_for(get_area("370402").path)[1] == ""
    assert model_for(city.town.path)[1]


def test_a_broken_file_is_passed_over_and_the_desk_works(city, trained, now):
    first = save_model(model=trained, area=get_area("3704"), by="user:1", now=now)
    second = save_model(model=replace(trained, threshold=0.2), area=get_area("3704"), by="user:1", now=now)
    file_of(second.sha256).write_bytes(b"foreign")
    assert suggest_categories_for("外墙渗漏发霉", city.town.path).model == first.sha256
    file_of(first.sha256).unlink()
    forget_kept()
    model_for.__globals__["_loaded"].cache_clear()
    assert suggest_categories_for("外墙渗漏", city.town.path).starting


def test_labels_are_codes_or_words_in_either_language_and_nothing_else(city, home):
    area = get_area("3704")
    texts = [Labelled("a", "leak"), Labelled("b", "渗漏"), Labelled("c", "water seepage")]
    assert {one.label for one in labels_as_codes(texts, area)} == {"leak"}
    with pytest.raises(Refused, match="天文"):
        labels_as_codes([Labelled("a", "天文")], area)


def test_rows_of_models_and_choices_are_never_changed(city, case, trained, now):
    row = save_model(model=trained, area=get_area("3704"), by="user:1", now=now)
    term = get_term("housing.category", "leak", city.town)
    actor = city.staff(1, Role.OFFICER)
    choice = keep_choice(case=case, suggested=["leak", "drain"], model=row.sha256, chosen=term, by=actor, now=now)
    assert choice.accepted
    for table in (SuggestionModel, CategoryChoice):
        with pytest.raises(ProgrammingError), transaction.atomic():
            table.objects.update(**{"sha256": ""} if table is SuggestionModel else {"accepted": False})
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table._meta.db_table}")


def test_only_confirmed_cases_are_learned_from(city, case, now):
    area = get_area("3704")
    assert confirmed_texts(area) == []
    step(case, "accept", city.staff(1, Role.CLERK), now)
    (learned,) = confirmed_texts(area)
    assert learned.label == case.category.code
    assert case.description in learned.text
