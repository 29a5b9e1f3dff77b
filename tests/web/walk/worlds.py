"""Three jurisdictions with records of every kind. Each record carries a word that occurs nowhere else.

A leak is then a substring: whoever is shown the word of a record that is not theirs was shown the record.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from web.walk.matters import Matter, build_matters
from web.walk.moments import BEGAN, RECENTLY, TODAY
from web.walk.uploads import Upload, build_upload
from zhicheng.cases.api import loop_of
from zhicheng.cases.models import HotSpotAlert
from zhicheng.cases.replies.rules import Spot
from zhicheng.cases.replies.services import Wording, save_template
from zhicheng.core.access import Actor, Domain, Role
from zhicheng.core.search import query_bigrams
from zhicheng.ground.access.api import Jurisdiction, User, actor_for, grant_role, open_account
from zhicheng.ground.archive.api import Filing
from zhicheng.ground.areas.api import Area
from zhicheng.ground.documents.api import next_serial
from zhicheng.ground.instructions.services import instruct
from zhicheng.ground.interface.api import Issued, Scope, issue_key
from zhicheng.ground.notes.services import write_note
from zhicheng.ground.objects.api import (
    Answers,
    Product,
    Site,
    SiteKind,
    record_responsibility,
    register_product,
    register_site,
)
from zhicheng.ground.packs.api import forget_loaded, get_term
from zhicheng.ground.packs.models import LimitRow, Term
from zhicheng.ground.parties.api import Kind, Organization, get_organization_by_key, register_organization
from zhicheng.ground.ui.saved_views import save_view

HOUSE = Actor("system:setup", "set-up")
SINCE = date(2020, 1, 1)
LASTING = timedelta(days=365)
OFFICES = (Role.CLERK, Role.OFFICER, Role.LEADER)


@dataclass
class World:
    """One jurisdiction: its body and people, a building, a company that answers, matters, an import."""

    key: str
    body: Organization
    place: Area
    caller: User
    staff: dict[Role, User] = field(default_factory=dict)
    company: Organization = field(init=False)
    company_user: User = field(init=False)
    program: User = field(init=False)
    issued: Issued = field(init=False)
    site: Site = field(init=False)
    product: Product = field(init=False)
    matters: dict[str, Matter] = field(default_factory=dict)
    upload: Upload = field(init=False)

    def actor(self, role: Role) -> Actor:
        """One of the staff as they act today."""
        return actor_for(self.staff[role], TODAY)

    @property
    def site_word(self) -> str:
        """Stands in the name of the building, which the public may search."""
        return f"zq{self.key}site"

    @property
    def product_word(self) -> str:
        """Stands in the name of the product, which the staff of its producer's area may see."""
        return f"zq{self.key}product"

    @property
    def person_word(self) -> str:
        """Stands in the names of the staff, which no outsider is shown."""
        return f"zq{self.key}person"


def build_world(key: str, body: Organization, place: Area, caller: User) -> World:
    """A world with everything in it. `caller` makes its call-backs."""
    world = World(key, body, place, caller)
    for role in OFFICES:
        world.staff[role] = hire(f"{key}-{role}", f"{role} {world.person_word}", body, role)
    world.company = register_organization(
        name=f"{key}晨曦置业有限公司（模拟）", kind=Kind.COMPANY, area=place, simulated=True, by=HOUSE, now=BEGAN
    )
    world.company_user = hire(f"{key}-company", f"company {world.person_word}", world.company, Role.COMPANY)
    world.program = open_account(
        username=f"{key}-program", name=f"program {world.person_word}", organization=body, by=HOUSE, now=BEGAN,
        is_program=True,
    )  # fmt: skip
    for role in (Role.CLERK, Role.OFFICER):
        grant_role(user=world.program, role=role, organization=body, valid_from=SINCE, by=HOUSE, now=BEGAN)
    world.issued = issue_key(
        user=world.program, name="walker", scopes=tuple(Scope), expires_at=BEGAN + LASTING, by=HOUSE, now=BEGAN
    )
    world.site = _site(world)
    world.product = register_product(
        name=f"防水卷材 {world.product_word}", producer=world.company, by=HOUSE, now=BEGAN
    )
    world.matters = build_matters(world)
    world.upload = build_upload(world)
    _instructed(world)
    _worded(world)
    _noted(world)
    _filed(world)
    _alerted(world)
    save_view(
        list_key="cases",
        name=f"view {world.person_word}",
        query="",
        shared=True,
        by=world.actor(Role.OFFICER),
        now=BEGAN,
    )
    return world


def _alerted(world: World) -> None:
    """The body was told of a hot spot at the estate."""
    leak = get_term("housing.category", "leak", world.place)
    HotSpotAlert.objects.create(
        code=leak.code, category=leak, place_key=-world.site.id, area=world.place, domain=Domain.HOUSING,
        body=world.body, reach=4, count=4, days=30, told_at=RECENTLY,
    )  # fmt: skip


def _filed(world: World) -> None:
    """The earlier case is in the archive: a line that its body's people read, and its leader can take back."""
    case = world.upload.case
    serial = next_serial(issuer=world.body.id, mark="档", year=2026)
    Filing.objects.create(
        subject_kind="case", subject_id=case.id, matter=loop_of(case), issuer=world.body, mark="档", year=2026,
        serial=serial, number=f"{world.key}档〔2026〕{serial}号", ended_on=BEGAN.date(),
        kept_until=date(2036, 12, 31), rule="archive.case", filed_at=BEGAN,
        filed_by=f"user:{world.staff[Role.CLERK].pk}",
    )  # fmt: skip


def _instructed(world: World) -> None:
    """The leader wrote an instruction on the accepted matter, which nobody has answered yet."""
    matter = world.matters["accepted"]
    instruct(
        about=("case", matter.case.id), key=uuid4(), by=world.actor(Role.LEADER), now=RECENTLY,
        told={"instruction": f"尽快上门 {matter.word}", "reply_by": TODAY + timedelta(days=5)},
    )  # fmt: skip


def _noted(world: World) -> None:
    """The leader wrote a note on the accepted matter that mentions the clerk."""
    matter = world.matters["accepted"]
    write_note(
        about=("case", matter.case.id), text=f"先电话核实 {matter.word}", key=uuid4(),
        by=world.actor(Role.LEADER), now=RECENTLY, mentioned=[world.staff[Role.CLERK].pk],
    )  # fmt: skip


def _worded(world: World) -> None:
    """The body has a reply template of its own."""
    wording = Wording(f"模板 {world.person_word}", "{number}：请{company}尽快返工。", Spot("housing_quality"))
    save_template(
        template=None, body=world.body.id, wording=wording, by=world.actor(Role.LEADER), now=BEGAN, on=SINCE
    )


def hire(username: str, name: str, body: Organization, *roles: Role) -> User:
    """An account with roles in an organization."""
    user = open_account(
        username=username, name=name, password="a long enough one", organization=body, by=HOUSE, now=BEGAN
    )
    for role in roles:
        grant_role(user=user, role=role, organization=body, valid_from=SINCE, by=HOUSE, now=BEGAN)
    return user


def county(name: str) -> tuple[Organization, Area]:
    """A county's housing bureau of the pack, and a township of the county."""
    body = get_organization_by_key(f"zaozhuang-{name}-housing")
    return body, body.area.children.filter(valid_to__isnull=True).order_by("code")[0]


def other_city() -> tuple[Organization, Area, Organization]:
    """A bureau and a township of a city that the pack does not know, its hotline, and the limits that it needs."""
    city = _area(Area.objects.get(code="370000000000"), "370800000000", "济宁市")
    district = _area(city, "370811000000", "任城区")
    place = _area(district, "370811001000", "古槐街道")
    bureau = _body("任城区住房和城乡建设局", Kind.PUBLIC_BODY, district)
    hotline = _body("济宁市12345热线", Kind.HOTLINE_CENTRE, city)
    for limit in LimitRow.objects.filter(area__code="370400000000"):
        limit.pk, limit.area = None, city
        limit.save(force_insert=True)
    for term in Term.objects.filter(area__code="370400000000", parent=None):
        _copy(term, city, None)
    forget_loaded()
    return bureau, place, hotline


def _body(name: str, kind: str, area: Area) -> Organization:
    body = Organization.objects.create(
        name=name, sort_key=name, kind=kind, area=area, terms=sorted(query_bigrams(name))
    )
    Jurisdiction.objects.create(organization=body, area=area, domain=Domain.HOUSING, valid_from=SINCE)
    return body


def _copy(term: Term, city: Area, above: Term | None) -> None:
    below = list(term.children.all())
    term.pk, term.area, term.parent = None, city, above
    term.save(force_insert=True)
    for one in below:
        _copy(one, city, term)


def _area(parent: Area, code: str, name: str) -> Area:
    number = 950_000 + int(code[2:9]) % 10_000
    return Area.objects.create(
        id=number, code=code, level=parent.level + 1, name=name, sort_key=name, kind="county", parent=parent,
        path=f"{parent.path}{number}/", valid_from=date(2014, 1, 1),
    )  # fmt: skip


def _site(world: World) -> Site:
    project = register_site(kind=SiteKind.PROJECT, name="阳光花园", area=world.place, by=HOUSE, now=BEGAN)
    record_responsibility(
        about=project, role=Answers.DEVELOPER, organization=world.company, answers_to=None, by=HOUSE, now=BEGAN
    )
    return register_site(
        kind=SiteKind.BUILDING,
        name=f"3号楼 {world.site_word}",
        parent=project,
        area=world.place,
        by=HOUSE,
        now=BEGAN,
    )
