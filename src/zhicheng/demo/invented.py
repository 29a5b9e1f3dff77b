"""Words of the simulation. Every company is invented and says so in its name; people and estates are too."""

from random import Random

SURNAMES = "王李张刘陈杨赵孙周吴徐马朱胡郭何高林"
GIVEN = (
    "明",
    "静",
    "建国",
    "秀英",
    "伟",
    "芳",
    "磊",
    "洋",
    "勇",
    "艳",
    "军",
    "杰",
    "娟",
    "涛",
    "超",
    "霞",
    "平",
    "刚",
)
ESTATES = (
    "榴园春晓",
    "运河湾",
    "翰林雅苑",
    "清泉花园",
    "东湖一号",
    "锦绣江南",
    "凤凰城",
    "龙山府",
    "阳光里",
    "荷塘月色",
)
DEVELOPERS = ("晨曦置业", "安居城投", "远山地产", "和润置业")
CONTRACTORS = ("鲁诚建工", "宏远建设", "泰安筑业")
TRADES = {
    "固盾防水工程": "防水工程",
    "匠心装饰工程": "装饰装修工程",
    "恒门窗工程": "门窗安装工程",
    "青石防水材料": "防水卷材",
    "华光管业": "给排水管材",
    "明净门窗": "门窗",
}
"""For which work or goods a subcontractor or a supplier answers."""
SUBCONTRACTORS = tuple(TRADES)[:3]
SUPPLIERS = tuple(TRADES)[3:]
SHOPS = ("好邻居超市", "万家百货", "惠民粮油店", "安心家电行", "老街食品店")
PRODUCTS = (
    ("丰禾粮油", "压榨花生油", "5 L", "GB/T 1534-2017", "1331"),
    ("丰禾粮油", "小麦粉", "10 kg", "GB/T 1355-2021", "1311"),
    ("青山饮品", "饮用天然泉水", "550 mL", "GB 19298-2014", "1522"),
    ("安途车业", "电动自行车", "TDR-60Z", "GB 17761-2024", "3771"),
    ("安途车业", "电动自行车用充电器", "48V 3A", "GB 42296-2022", "3824"),
    ("沃土肥业", "复合肥料", "15-15-15", "GB/T 15063-2020", "2624"),
    ("暖焰厨具", "家用燃气灶", "JZT-2B", "GB 16410-2020", "3861"),
    ("青石防水材料", "弹性体改性沥青防水卷材", "SBS II PY 4", "GB 18242-2008", "3033"),
)
"""Maker, name, model, the standard that the label names, and the industry (GB/T 4754)."""
MARK = "（模拟）"


TEXTS = {
    "leak": "卫生间顶板持续渗水，墙面发霉，楼上住户已检查过，漏点不在其屋内，物业看过两次没有处理。",
    "damp": "北卧室外墙内侧结露，冬天墙角长黑斑，衣柜背板已经变形。",
    "insulation": "外墙保温层局部脱落，掉在人行道上，担心砸到人。",
    "facade": "外墙饰面砖大面积松动，前天掉下几块，楼下孩子经常经过。",
    "wall_crack": "客厅与阳台交接处出现贯通裂缝，宽约两毫米，雨天渗水。",
    "slab_crack": "客厅楼板出现斜向裂缝，楼下邻居的顶板也看得见。",
    "hollow": "客厅墙面敲击多处空鼓，最大一处约半平方米，交房验收时未发现。",
    "tile": "厨房墙砖空鼓脱落三块，其余也有松动。",
    "floor_dust": "地下车库地面起砂严重，扫不干净。",
    "paint": "楼道涂料大面积起皮，才交房一年。",
    "window": "外窗密封不严，下雨窗台积水，刮风有哨声。",
    "door": "入户门变形关不严，门框与墙体之间有缝隙。",
    "railing": "阳台栏杆松动，手一推就晃，家里有老人孩子，很担心。",
    "water_pipe": "入户给水管接头漏水，已两次更换仍渗。",
    "drain": "卫生间地漏返味，排水慢，怀疑存水弯没有做好。",
    "heating": "供暖后东卧室暖气不热，物业说是主管道问题。",
    "flue": "厨房排烟道串味，邻居做饭时满屋油烟。",
    "wiring": "客厅插座经常跳闸，电工说是暗线接头问题。",
    "paving": "楼前散水开裂下沉，雨水往楼根流。",
}


def person(random: Random) -> str:
    """An invented name."""
    return random.choice(SURNAMES) + random.choice(GIVEN)


def mobile(random: Random) -> str:
    """An invented mobile number."""
    return f"139{random.randrange(10**8):08d}"


def invented_company(stem: str) -> str:
    """A company name that says that it is invented."""
    return f"{stem}有限公司{MARK}"
