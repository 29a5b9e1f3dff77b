"""E-mail addresses that servers take, and what is none."""

import pytest

from zhicheng.core.emails import EmailError, parse_email
from zhicheng.core.masks import mask_email


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" a@b.cn ", "a@b.cn"), ("Wang.Fang+qq@Mail.Example.COM", "Wang.Fang+qq@mail.example.com"),
        ("a@xn--fiq228c.xn--fiqs8s", "a@xn--fiq228c.xn--fiqs8s"),
    ],
)  # fmt: skip
def test_an_address_is_kept_with_its_domain_in_small_letters(typed: str, kept: str) -> None:
    assert parse_email(typed) == kept


NONE = (
    "", "a", "a@b", "@b.cn", "a@", "a b@c.cn", "a@b..cn", "a..b@c.cn", ".a@b.cn", "a.@b.cn", "a@-b.cn",
    "王@b.cn", "a@b.cn,c@d.cn", "A <a@b.cn>", "a@b.cn\n b", "a@b.cn\r\nBcc: x@y.cn",
    "a" * 65 + "@b.cn", "a@" + "b" * 64 + ".cn", "a@" + ".".join(["b" * 60] * 5) + ".cn",
)  # fmt: skip


@pytest.mark.parametrize("typed", NONE)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(EmailError, match="not an e-mail address"):
        parse_email(typed)


def test_of_an_address_a_screen_shows_the_first_letter_and_the_domain() -> None:
    assert (mask_email("wang@b.cn"), mask_email("")) == ("w***@b.cn", "")
