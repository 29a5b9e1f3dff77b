"""The words in which a hot spot is told."""

from pathlib import Path

from zhicheng.core.words import words
from zhicheng.ground.notices.registry import Offer, Template, Topic, register_templates

OFFERS = (
    Offer("place", "阳光花园", "阳光花园"),
    Offer("matter_zh", "渗漏", "渗漏"),
    Offer("matter_en", "Water seepage", "Water seepage"),
    Offer("people", "6", "6"),
    Offer("days", "30", "30"),
)


def register() -> None:
    """Registers the templates; called once, when the app is ready."""
    register_templates(
        Path(__file__).with_name("notices.toml"),
        Template("hot_spot", words("A hot spot has appeared"), Topic.MATTERS, OFFERS),
        Template("hot_spot_grown", words("A hot spot has grown"), Topic.MATTERS, OFFERS),
    )
