"""What the layout itself says on every document. Documents are Chinese whatever the language of the page."""

from datetime import date

SIMULATED = "演示"
SIMULATED_NOTE = "演示系统生成，不具有法律效力。"
ATTACHMENT = "附件："
SEAL = "（印章）"
VERIFY = "扫描二维码或访问网址查验真伪"
CODE = "查验码："
QR = "查验本文书的二维码，内容为网址："
PAGE = "第{page}页"


def day_words(day: date) -> str:
    """A day as documents write it: Arabic figures without leading zeros (GB/T 9704-2012, 7.3.5.4; recalled).

    >>> day_words(date(2026, 4, 5))
    '2026年4月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def version_words(version: int) -> str:
    """How a corrected version says so under its title; nothing on the first."""
    return f"（更正版，第{version}版）" if version > 1 else ""
