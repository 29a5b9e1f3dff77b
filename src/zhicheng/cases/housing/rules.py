"""What the housing bureaus decided: how a complaint about the quality of a home is handled."""

from datetime import date

from zhicheng.cases.rectification.rules import process_of
from zhicheng.core.access import Domain
from zhicheng.core.words import words

HOUSING = process_of(
    "housing",
    key="housing_quality",
    label=words("Housing quality complaint"),
    domain=Domain.HOUSING,
    in_force=date(2020, 1, 1),
)
"""The housing bureaus' proceeding, in force for complaints opened since 2020."""
