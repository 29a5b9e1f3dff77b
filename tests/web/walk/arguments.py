"""Which records the parameters of an address can name, and whose they are."""

from collections.abc import Callable

from web.walk.argument import Argument, Unknown
from web.walk.ordered import sheets, work_orders
from web.walk.people import City, Person
from web.walk.worlds import Matter, World
from web.walk.written import alerts, instructed, instructions, mentions, notes
from zhicheng.cases.api import Snippet, housing_of
from zhicheng.cases.models import ReplyTemplate
from zhicheng.core.access import Role
from zhicheng.ground.access.models import Delegation
from zhicheng.ground.archive.api import Filing
from zhicheng.ground.documents.api import Document
from zhicheng.ground.notices.api import Notice, RecipientKind, Stoppable, code_of
from zhicheng.ground.objects.api import Responsibility
from zhicheng.ground.parties.api import Organization

SOME = ("received", "closed")
DESK = (Role.CLERK, Role.OFFICER, Role.LEADER)
STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)


def arguments_for(route: str, name: str, city: City) -> list[Argument]:
    """The values of a parameter: the same name means different records in different parts of the product."""
    for prefix, known, values in FILLERS:
        if known == name and route.startswith(prefix):
            return values(route, city)
    raise Unknown(
        f"{route}: nothing is known of <{name}>; add to FILLERS which records it names, and whose they are"
    )


def _public(*values: str) -> Callable[[str, City], list[Argument]]:
    return lambda route, city: [Argument(value) for value in values]


def _for_roles(roles: tuple[Role, ...], *values: str) -> Callable[[str, City], list[Argument]]:
    return lambda route, city: [Argument(value, theirs=lambda person: person.role in roles) for value in values]


def _for_role(role: Role, *values: str) -> Callable[[str, City], list[Argument]]:
    return lambda route, city: [Argument(value, theirs=lambda person: person.role is role) for value in values]


def _sampled(route: str, city: City) -> list[tuple[World, Matter]]:
    """Two matters of each world; where files are named too, one of each county: every pair of them is visited."""
    keys, names = (("t", "s"), ("closed",)) if "attachment" in route else (tuple(city.worlds), SOME)
    return [(city.worlds[key], city.worlds[key].matters[name]) for key in keys for name in names]


def _cases(route: str, city: City) -> list[Argument]:
    named = [(one.case.number, one.word) for _, one in _sampled(route, city)]
    if "attachment" not in route:
        named += [(world.upload.case.number, world.upload.case_word) for world in city.worlds.values()]
    return [Argument(number, word, lambda person, word=word: word in person.cases) for number, word in named]


def _case_ids(route: str, city: City) -> list[Argument]:
    return [
        Argument(str(one.case.id), one.word, lambda person, word=one.word: word in person.cases)
        for _, one in _sampled(route, city)
    ]


def _tracked(route: str, city: City) -> list[Argument]:
    return [
        Argument(one.case.number, one.word, lambda person, one=one: person.tracked is one)
        for _, one in _sampled(route, city)
    ]


def _attachments(route: str, city: City) -> list[Argument]:
    """A photograph of each world and a paper; they are whose the case is that the same address names."""
    sampled = [one for _, one in _sampled(route, city)]
    photos = [Argument(str(one.attachments[0]), one.word) for one in sampled]
    return [*photos, Argument(str(sampled[0].attachments[-1]), sampled[0].word)]


def _secrets(route: str, city: City) -> list[Argument]:
    opened = [
        Argument(one.invitation, one.word, opens=frozenset({one.word, world.site_word}))
        for world, one in _sampled(route, city)
        if one.invitation
    ]
    return [*opened, Argument("QQQQ-QQQQ-QQQQ-QQQQ", theirs=lambda person: False)]


def _imports(route: str, city: City) -> list[Argument]:
    """A finished import is its body's, one that waits its uploader's."""
    found = []
    for world in city.worlds.values():
        word, early = world.upload.word, world.upload
        finished, waiting = early.of_cases if route.startswith("desk/cases/") else early.of_buildings
        found.append(Argument(str(finished), word, lambda person, word=word: word in person.imports))
        officer = world.staff[Role.OFFICER]
        found.append(Argument(str(waiting), word, lambda person, user=officer: person.user == user))
    return found


def _sites(route: str, city: City) -> list[Argument]:
    return [
        Argument(
            str(world.site.id), world.site_word,
            lambda person, word=world.site_word: word in person.sites and person.role in STAFF,
        )
        for world in city.worlds.values()
    ]  # fmt: skip


def _handled_sites(route: str, city: City) -> list[Argument]:
    """The buildings for which somebody may say who answers: people of their housing bureaus."""
    return [
        Argument(str(world.site.id), world.site_word, lambda person, key=key: person.name in entering(key))
        for key, world in city.worlds.items()
    ]


def _products(route: str, city: City) -> list[Argument]:
    return [
        Argument(
            str(world.product.id), world.product_word,
            lambda person, word=world.product_word: word in person.products and person.role in STAFF,
        )
        for world in city.worlds.values()
    ]  # fmt: skip


def _handled_products(route: str, city: City) -> list[Argument]:
    return [
        Argument(str(world.product.id), world.product_word,
                 lambda person, key=key: person.name in entering(key, MARKET))
        for key, world in city.worlds.items()
    ]  # fmt: skip


def _responsibilities(route: str, city: City) -> list[Argument]:
    """Each world's developer, who answers for the estate."""
    found = Responsibility.objects.filter(organization__in=[world.company for world in city.worlds.values()])
    keys = {world.company.id: key for key, world in city.worlds.items()}
    return [
        Argument(str(one.id), theirs=lambda person, key=keys[one.organization_id]: person.name in entering(key))
        for one in found
    ]


def _corrected(route: str, city: City) -> list[Argument]:
    """Companies are corrected by the people of their place; a public body by nobody."""
    found = [Argument(str(city.worlds["t"].body.id), theirs=lambda person: False)]
    return found + [
        Argument(str(world.company.id), theirs=lambda person, key=key: person.name in entering(key, MARKET))
        for key, world in city.worlds.items()
    ]


MARKET = frozenset({"market"})


def entering(key: str, others: frozenset[str] = frozenset()) -> frozenset[str]:
    """The people who enter records of a world: its own, the city's, and of the first county also `others`."""
    own = frozenset({f"{key}-clerk", f"{key}-officer"})
    return own | ({"city"} if key in ("t", "s") else frozenset()) | (others if key == "t" else frozenset())


def _organizations(route: str, city: City) -> list[Argument]:
    """Who an organization is, is no secret among staff; what it did is."""
    ids = [pk for world in city.worlds.values() for pk in (world.body.id, world.company.id)]
    ids.append(Organization.objects.get(key="zaozhuang-12345").id)
    return [Argument(str(pk), theirs=lambda person: person.role in STAFF) for pk in ids]


def _known_organizations(route: str, city: City) -> list[Argument]:
    """Over HTTP, the companies of one's areas: they lie where their buildings do."""
    pairs = zip(city.worlds.values(), _sites(route, city), strict=True)
    return [Argument(str(world.company.id), theirs=site.theirs) for world, site in pairs]


def _accounts(route: str, city: City) -> list[Argument]:
    users = [user for world in city.worlds.values() for user in (*world.staff.values(), world.company_user)]
    return [
        Argument(str(user.pk), theirs=lambda person: person.role is Role.SECURITY_ADMINISTRATOR) for user in users
    ]


def _programs(route: str, city: City) -> list[Argument]:
    users = [city.worlds[key].program for key in ("t", "s")]
    return [
        Argument(str(user.pk), theirs=lambda person: person.role is Role.SECURITY_ADMINISTRATOR) for user in users
    ]


def _keys(route: str, city: City) -> list[Argument]:
    """The key of one program, which is none of the other's."""
    key = city.worlds["t"].issued.key
    return [Argument(str(key.pk), theirs=lambda person: person.role is Role.SECURITY_ADMINISTRATOR)]


def _delegations(route: str, city: City) -> list[Argument]:
    return [
        Argument(
            str(one.pk),
            theirs=lambda person, giver=one.grant.user_id: bool(person.user and person.user.pk == giver),
        )
        for one in Delegation.objects.select_related("grant")
    ]


def _subjects(route: str, city: City) -> list[Argument]:
    """Cases and accounts have chains, and their ids are taken for both kinds."""
    ids = {str(world.matters["closed"].case.id) for world in city.worlds.values()}
    ids |= {str(world.staff[Role.OFFICER].pk) for world in city.worlds.values()}
    return [Argument(pk, theirs=lambda person: person.role is Role.AUDIT_ADMINISTRATOR) for pk in sorted(ids)]


def _proceedings(route: str, city: City) -> list[Argument]:
    """The housing bureau's own, of two matters of each world."""
    return [Argument(str(housing_of(one.case).id), one.word) for _, one in _sampled(route, city)]


def _papers(route: str, city: City) -> list[Argument]:
    """An order of each world: read by whoever sees the case."""
    found = []
    for world in city.worlds.values():
        matter = world.matters["ordered"]
        document = Document.objects.get(subject_id=matter.case.id, form="rectification_order")
        value = document.code if "code" in route else str(document.id)
        theirs = lambda person, word=matter.word: "code" in route or word in person.cases  # noqa: E731
        found.append(Argument(value, "" if "code" in route else matter.word, theirs))
    return found


def _snippets(route: str, city: City) -> list[Argument]:
    """What a hotline knows is for the hotlines of the same city."""
    found = []
    for snippet in Snippet.objects.select_related("area"):
        city_path = snippet.area.path
        found.append(
            Argument(
                str(snippet.pk),
                theirs=lambda person, path=city_path: person.role is Role.CALLER and _works_in(person, path),
            )
        )
    return found


def _works_in(person: Person, path: str) -> bool:
    organization = person.user.organization if person.user else None
    return organization is not None and organization.area.path.startswith(path)


def _notices(route: str, city: City) -> list[Argument]:
    """Some that left the house, and one that never was."""
    sent = Notice.objects.exclude(channel="inbox").order_by("-id").values_list("id", flat=True)[:2]
    ids = [str(pk) for pk in (*sent, 999_999_999)]
    return [Argument(pk, theirs=lambda person: person.role is Role.SYSTEM_ADMINISTRATOR) for pk in ids]


def _stops(route: str, city: City) -> list[Argument]:
    """The link of each world's reporter, which shows nothing of the case; and one that somebody made up."""
    contacts = [world.matters["received"].case.reporter_id for world in city.worlds.values()]
    codes = [code_of(Stoppable(RecipientKind.CONTACT, pk)) for pk in contacts if pk is not None]
    forged = Argument(f"c-1-{'0' * 16}", theirs=lambda person: False)
    return [*(Argument(code) for code in codes), forged]


def _filings(route: str, city: City) -> list[Argument]:
    """The filing of each world: taken out by the leader of its body, and by nobody else."""
    filed = ((key, Filing.objects.get(subject_id=one.upload.case.id).pk) for key, one in city.worlds.items())
    return [Argument(str(pk), theirs=lambda who, key=key: who.name == f"{key}-leader") for key, pk in filed]


def _templates(route: str, city: City) -> list[Argument]:
    """The reply template of each world: for the people of the body, and for nobody else."""
    return [
        Argument(
            str(ReplyTemplate.objects.get(organization=world.body).pk), world.person_word,
            lambda person, body=world.body: person.user is not None and person.user.organization == body,
        )
        for world in city.worlds.values()
    ]  # fmt: skip


FILLERS: tuple[tuple[str, str, Callable[[str, City], list[Argument]]], ...] = (
    ("accounts/", "uidb36", _public("1")),
    ("accounts/", "key", _public("set-password", "bad-key")),
    ("api/v1/", "path", _public("x")),
    ("api/v1/webhooks/", "subscription", _public("1")),
    ("api/v1/external/", "system", _public("hotline")),
    ("api/v1/external/", "number", _public("42")),
    ("api/v1/", "number", _cases),
    ("api/v1/organizations/", "organization", _known_organizations),
    ("api/v1/sites/", "site", _sites),
    ("api/v1/products/", "product", _products),
    ("open311/", "form", _public("xml", "json")),
    ("open311/", "city", _public("zaozhuang", "atlantis")),
    ("open311/", "code", _public("leak", "nothing")),
    ("open311/", "token", _public("1")),
    ("open311/", "number", _cases),
    ("ui/suggest/", "group", _public("party", "body", "nothing")),
    ("desk/accounts/suggest/", "kind", _for_role(Role.SECURITY_ADMINISTRATOR, "organizations", "areas")),
    ("desk/accounts/<int:pk>/keys/", "pk", _programs),
    ("desk/accounts/<int:pk>/webhooks/", "pk", _programs),
    ("desk/accounts/<int:pk>/webhooks/", "subscription", _for_role(Role.SECURITY_ADMINISTRATOR, "1")),
    ("desk/accounts/<int:pk>/keys/", "key", _keys),
    ("desk/accounts/", "pk", _accounts),
    ("desk/ledger/", "kind", _public("case", "user")),
    ("desk/ledger/", "pk", _subjects),
    ("desk/ledger/", "number", _for_role(Role.AUDIT_ADMINISTRATOR, "1")),
    ("desk/me/delegations/", "pk", _delegations),
    ("desk/system/notices/", "notice", _notices),
    ("desk/system/jobs/", "job", _for_role(Role.SYSTEM_ADMINISTRATOR, "1")),
    ("desk/sites/<int:site_id>/answers/", "site_id", _handled_sites),
    ("desk/sites/<int:site_id>/revise/", "site_id", _handled_sites),
    ("desk/sites/", "site_id", _sites),
    ("desk/products/<int:product_id>/answers/", "product_id", _handled_products),
    ("desk/products/<int:product_id>/revise/", "product_id", _handled_products),
    ("desk/products/", "product_id", _products),
    ("desk/responsibilities/", "responsibility_id", _responsibilities),
    ("desk/records/suggest/", "kind", _for_roles((Role.CLERK, Role.OFFICER), "areas", "estates")),
    ("desk/organizations/<int:organization_id>/revise/", "organization_id", _corrected),
    ("desk/organizations/", "organization_id", _organizations),
    ("desk/calls/", "snippet_id", _snippets),
    ("desk/cases/import/", "key", _imports),
    ("desk/cases/work-orders/", "key", work_orders),
    ("desk/cases/work-orders/", "sheet_id", sheets),
    ("desk/cases/work-orders/", "ending", _public("xlsx", "csv")),
    ("desk/records/import/", "key", _imports),
    ("desk/notes/", "kind", _public("case", "nothing")),
    ("desk/notes/", "subject_id", _case_ids),
    ("desk/notes/", "note_id", notes),
    ("desk/notes/", "mention_id", mentions),
    ("desk/archive/", "filing_id", _filings),
    ("desk/cases/hot-spots/", "alert_id", alerts),
    ("desk/cases/replies/", "template_id", _templates),
    ("desk/cases/", "proceeding", _proceedings),
    ("desk/cases/", "number", _cases),
    ("desk/cases/", "case_id", _case_ids),
    ("desk/cases/", "attachment", _attachments),
    ("desk/instructions/", "kind", _public("case", "nothing")),
    ("desk/instructions/", "subject_id", instructed),
    ("desk/instructions/", "instruction_id", instructions),
    ("desk/papers/", "document_id", _papers),
    ("track/", "document_id", _papers),
    ("answer/", "document_id", _papers),
    ("verify/", "code", _papers),
    ("stop/", "code", _stops),
    ("track/", "number", _tracked),
    ("track/", "attachment", _attachments),
    ("answer/", "secret", _secrets),
    ("answer/", "attachment", _attachments),
    ("<slug:city>/", "about", _public("goods", "travel", "nowhere")),
    ("<slug:city>/", "city", _public("zaozhuang", "jining", "atlantis")),
)
"""By the beginning of a route and the name of a parameter: the records that it names. The first that fits counts.
"""
