"""Sealing, keys that are replaced, and keyed hashes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from zhicheng.core.phones import parse_phone
from zhicheng.ground.personal.sealing import (
    SealBroken,
    keyed_hash_of,
    phone_index,
    resealed,
    seal,
    unseal,
)
from zhicheng.runtime.secrets import Secrets


@pytest.fixture
def keys(settings: Settings) -> Secrets:
    generated = Secrets.generate()
    settings.SECRETS = generated
    return generated


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens(text: str) -> None:
    assert unseal(seal(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=4))
def test_a_seal_shows_nothing_and_is_never_the_same(text: str) -> None:
    assert text not in seal(text)
    assert seal(text) != seal(text)


def test_a_changed_value_does_not_open() -> None:
    sealed = seal("张三")
    middle = len(sealed) // 2
    forged = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    with pytest.raises(SealBroken):
        unseal(forged)


def test_old_keys_open_and_resealing_moves_to_the_newest(keys: Secrets, settings: Settings) -> None:
    old = seal("张三")
    assert resealed(old) == old
    settings.SECRETS = keys.with_new_field_key()
    assert unseal(old) == "张三"
    fresh = resealed(old)
    assert fresh != old
    settings.SECRETS = replace(keys, field_encryption_keys=settings.SECRETS.field_encryption_keys[:1])
    assert unseal(fresh) == "张三"
    with pytest.raises(SealBroken):
        unseal(old)


def test_the_index_is_of_the_number_not_of_its_spelling(keys: Secrets, settings: Settings) -> None:
    index = phone_index(parse_phone("+86 138-1234-5678"))
    assert index == phone_index(parse_phone("13812345678"))
    assert index != phone_index(parse_phone("13812345679"))
    settings.SECRETS = Secrets.generate()
    assert index != phone_index(parse_phone("13812345678"))


def test_an_index_and_a_hash_of_the_same_text_differ(keys: Secrets, settings: Settings) -> None:
    same = replace(keys, ledger_key=keys.blind_index_key)
    settings.SECRETS = same
    assert keyed_hash_of("13812345678") != phone_index(parse_phone("13812345678"))
    assert len(keyed_hash_of("")) == 64
