"""Whose address counts: what a header says is believed from declared proxies alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.sender import household, read_networks, sender

OURS = read_networks("10.0.0.0/8, 2001:db8::1")


@pytest.mark.parametrize(
    ("peer", "header", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.7", "10.0.0.7"),
        ("2001:db8::1", "2001:db8:5::6", "2001:db8:5::6"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_sender_is_the_last_address_that_a_trusted_hand_wrote(peer: str, header: str, expected: str) -> None:
    assert sender(peer, header, OURS) == expected


@given(header=st.text(max_size=80))
def test_without_proxies_no_header_changes_anything(header: str) -> None:
    assert sender("203.0.113.9", header, ()) == "203.0.113.9"


@given(st.ip_addresses(v=6).map(str))
def test_everybody_in_a_household_is_one_sender(address: str) -> None:
    assert household(household(address).partition("/")[0]) == household(address)


@pytest.mark.parametrize("text", ["10.0.0.0/33", "proxy", "10.0.0.1/8"])
def test_what_is_no_network_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text.partition("/")[0]):
        read_networks(text)


def test_no_proxy_is_declared_by_an_empty_list() -> None:
    assert read_networks(" , ") == ()
