"""Papers to set, with everything that a paper can hold."""

from datetime import date

from zhicheng.ground.documents.paper import Block, BlockKind, Line, Paper

CODE = "0123-4567-89AB-CDEF"
PAPER = Paper(
    form="order", edition="2026-11", title="工程质量整改通知书", issuer="枣庄市住房和城乡建设局",
    number="枣住建整改〔2026〕12号", issued_on=date(2026, 11, 23), code=CODE,
    address=f"https://quality.example.org/verify/{CODE}/", addressee="山东鲁南建设工程有限公司",
    blocks=(
        Block(text="经现场核查，屋面渗漏。\n请于2026年12月20日前完成整改。"),
        Block(heading="一、整改要求", text="铲除并重做防水层，作蓄水试验。"),
        Block(kind=BlockKind.TABLE, lines=(Line(label="投诉编号", value="TS-3704-2026-000123-8"),)),
        Block(kind=BlockKind.SIGNATURE, lines=(Line(label="签收人"),)),
    ),
    attachments=("现场照片.pdf",), contact="联系电话：0632-0000000",
)  # fmt: skip
