"""The two orders: one ends on the day the other begins, and both name their articles."""

import pytest

from zhicheng.cases.market.orders.rules import ORDER_20, ORDER_121, Order


def test_order_121_begins_when_order_20_ends() -> None:
    assert ORDER_20.until == ORDER_121.in_force
    assert ORDER_121.until is None


@pytest.mark.parametrize("order", [ORDER_20, ORDER_121], ids=lambda order: order.name)
def test_every_article_is_cited_in_full(order: Order) -> None:
    for subject in order.articles:
        assert order.cite(subject) == f"《{order.name}》{order.articles[subject]}"
        assert order.articles[subject].startswith("第")


def test_what_an_order_does_not_know_cannot_be_cited() -> None:
    assert [subject for subject in ORDER_121.articles if not ORDER_20.knows(subject)] == [
        "identity", "designate", "merge", "fraud",
    ]  # fmt: skip
    assert all(ORDER_121.knows(subject) for subject in ORDER_20.articles)
    with pytest.raises(KeyError):
        ORDER_20.cite("fraud")
