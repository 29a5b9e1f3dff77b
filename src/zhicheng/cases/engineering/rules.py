"""How a complaint about the quality of a building that is no home, or of municipal works, is handled.

建设工程质量投诉处理暂行规定 (建监〔1997〕60号) §3: works under construction and within their warranty; what
shows later is the owner's or another body's matter. It states no time for the handling.
"""

from datetime import date

from zhicheng.cases.rectification.rules import process_of
from zhicheng.core.access import Domain
from zhicheng.core.words import words

ENGINEERING = process_of(
    "engineering",
    key="engineering_quality",
    label=words("Engineering quality complaint"),
    domain=Domain.HOUSING,
    in_force=date(2020, 1, 1),
)
"""The proceeding about non-residential and municipal works: the table of homes with limits of its own."""
