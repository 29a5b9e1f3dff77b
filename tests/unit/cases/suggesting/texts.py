"""Invented complaints, made of phrases: four categories that words can tell apart."""

from random import Random

from zhicheng.cases.suggesting.training import Labelled

PHRASES = {
    "leak": ("卫生间顶板渗水", "屋面漏雨", "外墙渗漏发霉", "地下室积水渗漏"),
    "heating": ("暖气不热", "供暖温度太低", "供热管道没有热水", "冬天室内不到十六度"),
    "noise": ("夜间施工噪音扰民", "楼下广场音响太吵", "凌晨工地还在打桩", "空调外机轰鸣"),
    "refund": ("商家拒绝退款", "网购收到假货不给退", "预付卡余额不退", "培训班停课不退费"),
}
ENDINGS = ("请尽快处理", "多次反映没有结果", "希望给个答复", "物业一直推脱", "邻居们都有意见")


def complaints(count: int, seed: int = 1) -> list[Labelled]:
    """So many of each category, each with its own house number so that none repeats another."""
    random = Random(seed)
    return [
        Labelled(f"{number}号楼{random.choice(phrases)}，{random.choice(ENDINGS)}。", label)
        for label, phrases in PHRASES.items()
        for number in range(count)
    ]
