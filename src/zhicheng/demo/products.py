"""Invented products on the shelves of invented shops, each with who makes and who sells it."""

from datetime import datetime
from random import Random

from zhicheng.core.codes import Level
from zhicheng.demo.estates import enter_company
from zhicheng.demo.invented import MARK, PRODUCTS, SHOPS
from zhicheng.demo.people import SIMULATOR
from zhicheng.ground.areas.api import Area
from zhicheng.ground.objects.api import Answers, record_responsibility, register_product


def stock_shops(city: Area, now: datetime) -> None:
    """Shops of the city's counties that sell what its makers produce."""
    random = Random(city.code)
    counties = list(city.children.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("code"))
    shops = [
        enter_company(county.name[:2] + SHOPS[place % len(SHOPS)], county, random, now)
        for place, county in enumerate(counties)
    ]
    for place, (maker, name, model, standard, industry) in enumerate(PRODUCTS):
        producer = enter_company(city.name[:2] + maker, counties[place % len(counties)], random, now)
        product = register_product(
            name=name + MARK, model=model, standard=standard, industry=industry, producer=producer,
            simulated=True, by=SIMULATOR, now=now,
        )  # fmt: skip
        for seller in random.sample(shops, k=min(3, len(shops))):
            above = record_responsibility(
                about=product, role=Answers.SELLER, organization=seller, by=SIMULATOR, now=now
            )
        record_responsibility(
            about=product, role=Answers.PRODUCER, organization=producer, answers_to=above, by=SIMULATOR, now=now
        )
