"""The two measures on market complaints and reports, and what tells them apart.

市场监督管理投诉举报处理暂行办法 (Order 20, 2020-01-01 until 2026-04-15) and 市场监督管理投诉举报处理办法
(Order 121, from 2026-04-15). A matter is handled to its end under the order in force on the day it was opened.
What both say, and where they differ: docs/explanation/law.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Order:
    """One version of the measures.

    `articles` gives the article for each subject; a subject that the version does not have is absent.
    `catalogues` ends the names of its catalogues of grounds.
    """

    name: str
    in_force: date
    until: date | None
    catalogues: str
    articles: Mapping[str, str]

    def cite(self, subject: str) -> str:
        """The provision about a subject, as a document prints it; raises KeyError if the version has none.

        >>> ORDER_121.cite("reject")
        '《市场监督管理投诉举报处理办法》第十六条'
        """
        return f"《{self.name}》{self.articles[subject]}"

    def knows(self, subject: str) -> bool:
        """Whether the version has a provision about the subject."""
        return subject in self.articles


ORDER_20 = Order(
    name="市场监督管理投诉举报处理暂行办法",
    in_force=date(2020, 1, 1),
    until=date(2026, 4, 15),
    catalogues=".order20",
    articles={
        "materials": "第九条",
        "accept": "第十四条",
        "reject": "第十五条",
        "entrust": "第十七条",
        "mediate": "第十八条",
        "recuse": "第十九条",
        "test": "第二十条",
        "terminate": "第二十一条",
        "agree": "第二十二条",
        "lead": "第二十三条",
        "redirect": "第二十九条",
        "contest": "第三十条",
        "tell": "第三十一条",
        "distribute": "第三十七条",
    },
)
ORDER_121 = Order(
    name="市场监督管理投诉举报处理办法",
    in_force=date(2026, 4, 15),
    until=None,
    catalogues="",
    articles={
        "materials": "第十条",
        "identity": "第十条第三款",
        "accept": "第十五条",
        "reject": "第十六条",
        "entrust": "第十九条",
        "mediate": "第二十条",
        "recuse": "第二十一条",
        "test": "第二十二条",
        "designate": "第二十二条第一款",
        "terminate": "第二十三条",
        "agree": "第二十四条",
        "lead": "第二十七条",
        "contest": "第三十三条",
        "redirect": "第三十四条",
        "merge": "第三十五条第二款",
        "tell": "第三十六条",
        "distribute": "第四十一条",
        "fraud": "第四十二条",
    },
)
PENALTY = "《市场监督管理行政处罚程序规定》"
"""The rules by which both orders have reports handled."""
