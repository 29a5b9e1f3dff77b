"""Rows of a file of historical cases, with the usual head."""

HEAD = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
GOOD = ("101", "A001", "楼顶漏水", "2019/4/25 9:32:09", "下雨就漏", "已修好", "2019/5/10 14:56:53")


def row(number: str, **changes: str) -> tuple[str, ...]:
    """A good row with another number and other cells by the name of their column."""
    cells = dict(zip(HEAD, GOOD, strict=True)) | {"留言编号": number} | changes
    return tuple(cells[name] for name in HEAD)
