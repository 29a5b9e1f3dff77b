"""The city that the browser visits: 枣庄 of the pack, the demonstration's people, one estate."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from django.utils import timezone
from PIL import Image, ImageDraw

from zhicheng.core.access import Domain
from zhicheng.demo.estates import Estate, build_estates
from zhicheng.demo.people import FACE, open_administrators, open_callers, open_company_account, open_staff
from zhicheng.ground.areas.api import Area
from zhicheng.ground.kept import forget_kept
from zhicheng.ground.packs.api import load_pack
from zhicheng.ground.parties.api import get_organization_by_key

CITY, COUNTY = "370400000000", "滕州市"


@dataclass(frozen=True)
class City:
    """The estate that is complained of. Its developer has the account `company`."""

    estate: Estate

    @property
    def building(self) -> str:
        """What a citizen types to find the first building."""
        return f"{self.estate.project.name} {self.estate.buildings[0].name}"

    @property
    def township(self) -> str:
        """Where the estate lies."""
        return self.estate.project.area.name

    @property
    def developer(self) -> str:
        """The company that is ordered to rectify."""
        return self.estate.companies[0].name


def build_city(now: datetime | None = None) -> City:
    """Everything that there is before the first complaint."""
    began = (now or timezone.now()) - timedelta(days=30)
    load_pack("national")
    load_pack("zaozhuang")
    random = Random(4)
    open_staff(random, began, Domain.HOUSING, Domain.MARKET)
    open_callers(random, began)
    open_administrators(get_organization_by_key(FACE), random, began)
    estates = build_estates(Area.objects.get(code=CITY), random, began)
    estate = next(one for one in estates if one.county.name == COUNTY)
    open_company_account(estate.companies[0], random, began)
    forget_kept()
    return City(estate)


def photograph() -> dict[str, object]:
    """A photograph as a file chooser hands it over: a wall with a stain."""
    picture = Image.new("RGB", (1200, 900), (214, 208, 196))
    ImageDraw.Draw(picture).ellipse((380, 260, 820, 640), fill=(160, 146, 120))
    buffer = BytesIO()
    picture.save(buffer, "JPEG")
    return {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}
