"""Unified social credit codes that bodies publish about themselves, and agreement with python-stdnum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from zhicheng.core.codes import make_organization_code, make_social_credit_code, parse_social_credit_code
from zhicheng.core.codes.social_credit import ALPHABET

PUBLISHED = [
    "91110000600037341L",  # the example of python-stdnum's documentation
    "91350100M000100Y43",  # the usual example of GB 32100-2015
    "12100000400000624D",  # 清华大学
    "12100000400002259P",  # 北京大学
    "914403001922038216",  # 华为技术有限公司
    "9144030071526726XG",  # 深圳市腾讯计算机系统有限公司: the organization code ends in X
    "91370000163098284E",  # a company of Shandong
]


@pytest.mark.parametrize("code", PUBLISHED)
def test_both_check_characters_of_published_codes_agree(code: str) -> None:
    assert parse_social_credit_code(code) == code
    assert make_organization_code(code[8:16]) == code[8:17]
    assert make_social_credit_code(code[:17]) == code


@given(st.integers(0, 99_999_999), st.text(st.sampled_from(ALPHABET), min_size=8, max_size=8))
def test_made_codes_satisfy_python_stdnum(head: int, body: str) -> None:
    assert uscc.is_valid(make_social_credit_code(f"{head:08d}" + make_organization_code(body)))
