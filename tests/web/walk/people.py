"""Everybody who walks: who they are, and every word of a record that they may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from web.walk.moments import NOW, TODAY
from web.walk.orders import give_over
from web.walk.worlds import Matter, World, build_world, county, hire, other_city
from zhicheng.cases.api import save_snippet
from zhicheng.core.access import Role
from zhicheng.ground import clock
from zhicheng.ground.access.api import User, actor_for, delegate, list_grants
from zhicheng.ground.packs.api import load_pack
from zhicheng.ground.parties.api import Organization, get_organization_by_key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Person:
    """Somebody with a browser. `cases`, `sites`, `imports`, `people` and `products` name what is theirs to see."""

    name: str
    user: User | None = None
    role: Role | None = None
    cases: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    imports: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    tracked: Matter | None = None
    key: str = ""

    @property
    def words(self) -> frozenset[str]:
        """Every word of a record that the person may be shown."""
        return self.cases | self.sites | self.imports | self.people | self.products

    @property
    def headers(self) -> dict[str, str]:
        """What is sent with every request: the language, and the key of a program."""
        shown = {"authorization": f"Bearer {self.key}"} if self.key else {}
        return {"accept-language": "en", **shown}

    def browser(self) -> Client:
        """A browser in which the person has signed in, or has opened the case that they follow."""
        client = Client(headers=self.headers)
        if self.user is not None and not self.key:
            client.force_login(self.user, backend=BACKEND)
        if self.tracked is not None:
            given = {"number": self.tracked.case.number, "secret": self.tracked.secret}
            assert client.post("/track/", given).status_code == 302
        return client


@dataclass(frozen=True)
class City:
    """The worlds by their keys, and everybody by their names."""

    worlds: dict[str, World]
    people: dict[str, Person]

    @property
    def words(self) -> frozenset[str]:
        """Every word of every record."""
        return frozenset(word for world in self.worlds.values() for word in words_of(world))

    def matters(self) -> Iterator[tuple[World, Matter]]:
        """Every matter with its world."""
        for world in self.worlds.values():
            for matter in world.matters.values():
                yield world, matter


def words_of(world: World) -> frozenset[str]:
    """Every word of a world."""
    return cases_of(world) | {world.site_word, world.product_word, world.person_word, world.upload.word}


def cases_of(world: World) -> frozenset[str]:
    """The words of its cases, the earlier one included."""
    return frozenset(matter.word for matter in world.matters.values()) | {world.upload.case_word}


@clock.fixed_at(NOW)
def build_city() -> City:
    """Two counties of one city, a county of another, and all who have to do with them or have not."""
    load_pack("national", on=TODAY)
    load_pack("zaozhuang", on=TODAY)
    caller = hire("st-caller", "caller zqhotline", get_organization_by_key("zaozhuang-12345"), Role.CALLER)
    worlds = {
        "t": build_world("t", *county("tengzhou"), caller),
        "s": build_world("s", *county("shizhong"), caller),
    }
    bureau, place, hotline = other_city()
    worlds["r"] = build_world("r", bureau, place, hire("r-caller", "caller zqrperson", hotline, Role.CALLER))
    here, there = worlds["t"], worlds["s"]
    lend(here)
    for body in (caller.organization, hotline):
        know(body, caller)
    for taker in (caller, worlds["r"].caller):
        give_over(taker)
    people = [one for world in worlds.values() for one in _locals(world)]
    people += [_program(world) for world in worlds.values()]
    people += [*_above(here, there), *_apart(here), *_administrators(here, worlds)]
    return City(worlds, {person.name: person for person in people})


def _locals(world: World) -> Iterator[Person]:
    for role, user in world.staff.items():
        imports = {world.upload.word} if role is not Role.LEADER else set()
        yield Person(
            user.username, user, role, cases_of(world), frozenset({world.site_word}), frozenset(imports),
            frozenset({world.person_word}), frozenset({world.product_word}),
        )  # fmt: skip
    ordered = {
        one.word for name, one in world.matters.items() if name in ("ordered", "rectified", "awaiting", "closed")
    }
    own = frozenset({world.person_word})
    yield Person(
        world.company_user.username, world.company_user, Role.COMPANY, frozenset(ordered),
        frozenset({world.site_word}), people=own,
    )  # fmt: skip


def _program(world: World) -> Person:
    """A program that works for the body as its clerk and officer, by a key."""
    return Person(
        world.program.username,
        world.program,
        Role.OFFICER,
        cases_of(world),
        sites=frozenset({world.site_word}),
        people=frozenset({world.person_word}),
        products=frozenset({world.product_word}),
        key=world.issued.text,
    )


def _above(here: World, there: World) -> Iterator[Person]:
    """Those who are competent for the whole city."""
    both: dict[str, Any] = {
        "cases": cases_of(here) | cases_of(there),
        "sites": frozenset({here.site_word, there.site_word}),
        "people": frozenset({here.person_word, there.person_word}),
        "products": frozenset({here.product_word, there.product_word}),
    }
    parent = get_organization_by_key("zaozhuang-housing")
    yield Person("caller", here.caller, Role.CALLER, **both)
    earlier = {
        here.upload.case_word,
        there.upload.case_word,
    }  # of no domain, and so the hotline's, but not the bureau's
    both["cases"] -= earlier
    yield Person("city", hire("city", "city", parent, Role.OFFICER), Role.OFFICER, **both)


def _apart(here: World) -> Iterator[Person]:
    """Another domain's bureau of the same county; a reporter; anybody."""
    market = get_organization_by_key("zaozhuang-tengzhou-market")
    sites, products = frozenset({here.site_word}), frozenset({here.product_word})
    yield Person(
        "market", hire("market", "market", market, Role.OFFICER), Role.OFFICER, sites=sites, products=products
    )
    followed = here.matters["closed"]
    yield Person("reporter", cases=frozenset({followed.word}), sites=sites, tracked=followed)
    yield Person("anybody")


def _administrators(here: World, worlds: dict[str, World]) -> Iterator[Person]:
    """They see no record; who has an account is the security administrator's to know."""
    everybody = frozenset(world.person_word for world in worlds.values())
    for name, role in (
        ("system", Role.SYSTEM_ADMINISTRATOR),
        ("security", Role.SECURITY_ADMINISTRATOR),
        ("audit", Role.AUDIT_ADMINISTRATOR),
    ):
        people = everybody if name == "security" else frozenset({here.person_word})
        yield Person(name, hire(name, name, here.body, role), role, people=people)


def know(hotline: Organization, author: User) -> None:
    """One answer of a hotline."""
    save_snippet(
        snippet=None, area=hotline.area, title="保修期多久", text="屋面防水五年。", source="", reviewed_on=TODAY,
        by=actor_for(author, TODAY), now=NOW,
    )  # fmt: skip


def lend(world: World) -> None:
    """The officer lends their grant to the leader, for the week after next."""
    officer, leader = world.staff[Role.OFFICER], world.staff[Role.LEADER]
    delegate(
        grant=list_grants(officer)[0], to_user=leader, valid_from=TODAY + timedelta(days=14),
        valid_to=TODAY + timedelta(days=20), reason=f"leave {world.person_word}",
        by=actor_for(officer, TODAY), now=NOW,
    )  # fmt: skip
