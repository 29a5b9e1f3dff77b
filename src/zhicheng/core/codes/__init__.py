"""Codes that people write on paper: parsed, checked, explained when wrong, and printed one way.

>>> AreaCode.parse("370811", Level.COUNTY).digits
'370811000000'
>>> str(RecordNumber("TS", "3704", 2026, 123))
'TS-3704-2026-000123-8'
"""

from zhicheng.core.codes.area import AreaCode, Level, TownshipClass, VillageClass
from zhicheng.core.codes.document_number import DocumentNumber
from zhicheng.core.codes.industry import IndustryCode, IndustryLevel
from zhicheng.core.codes.record_number import RecordNumber
from zhicheng.core.codes.social_credit import (
    make_organization_code,
    make_social_credit_code,
    parse_social_credit_code,
)
from zhicheng.core.codes.tracking import make_tracking_code, parse_tracking_code
from zhicheng.core.codes.typed import CodeError

__all__ = [
    "AreaCode",
    "CodeError",
    "DocumentNumber",
    "IndustryCode",
    "IndustryLevel",
    "Level",
    "RecordNumber",
    "TownshipClass",
    "VillageClass",
    "make_organization_code",
    "make_social_credit_code",
    "make_tracking_code",
    "parse_social_credit_code",
    "parse_tracking_code",
]
