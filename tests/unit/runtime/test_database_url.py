import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.runtime.database_url import DatabaseAddress, DatabaseUrlError

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
hosts = st.sampled_from(["", "localhost", "db.example", "10.0.0.7", "::1", "/run/postgresql", "/tmp/Mixed Case"])


@given(
    user=words,
    name=words.filter(lambda text: "/" not in text),
    password=st.one_of(st.just(""), words),
    host=hosts,
    port=st.none() | st.integers(1, 65535),
    options=st.dictionaries(st.sampled_from(["sslmode", "connect_timeout"]), words),
)
def test_what_is_formatted_parses_to_the_same(user, name, password, host, port, options):
    if not host:
        port = None  # a port without a host has no place in a URL
    address = DatabaseAddress(user, name, password, host, port, options)
    assert DatabaseAddress.parse(address.format()) == address


def test_a_percent_encoded_socket_directory_keeps_its_case():
    assert DatabaseAddress.parse("postgres://u@%2Ftmp%2FRun/z").host == "/tmp/Run"


def test_django_receives_text():
    settings = DatabaseAddress.parse("postgresql://u:p@h:5433/z?sslmode=require").django_settings()
    assert settings == {
        "NAME": "z", "USER": "u", "PASSWORD": "p",
        "HOST": "h", "PORT": "5433", "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://u:hidden-word@h/z", "unknown scheme 'mysql'"),
        ("postgresql://u:hidden-word@h", "names no database"),
        ("postgresql://u:hidden-word@h/a/b", "names no database"),
        ("postgresql://h/z", "names no user"),
        ("postgresql://u:hidden-word@h:99999/z", "port '99999'"),
        ("postgresql://u:hidden-word@h:x/z", "port 'x'"),
        ("postgresql://u:hidden-word@[h/z", "cannot be read"),
    ],
)
def test_a_fault_is_named_without_the_password(url, message):
    with pytest.raises(DatabaseUrlError, match=message) as caught:
        DatabaseAddress.parse(url)
    assert "hidden-word" not in str(caught.value)
    assert "hidden-word" not in repr(DatabaseAddress("u", "z", "hidden-word"))
