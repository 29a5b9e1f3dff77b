"""What can be sent to the product, each with real values, and who may have it done."""

from collections.abc import Iterator
from typing import Any

from web.walk import openings
from web.walk.addresses import Address, addresses
from web.walk.argument import Argument
from web.walk.matters import Matter, as_json, as_sent
from web.walk.people import City
from web.walk.records import OVER_HTTP, RECORDS
from web.walk.sending import Make, Post, among, nobody, sent
from web.walk.worlds import World
from zhicheng.cases.api import housing_of
from zhicheng.core.access import Role
from zhicheng.ground.access.models import Grant
from zhicheng.ground.importing.api import ImportRun
from zhicheng.ground.instructions.models import Instruction
from zhicheng.ground.proceedings.api import Proceeding
from zhicheng.ground.ui.models import SavedView


def posts(route: str, city: City) -> list[Post] | None:
    """Everything that is sent to a route; None if nothing is known of it."""
    make = KNOWN.get(route)
    return None if make is None else list(make(route, city))


def _steps(route: str, city: City) -> Iterator[Post]:
    """The due step of every matter, as a form or as a program sends it."""
    as_program = route.startswith("api/")
    for one in _sampled(city):
        named = Argument(one.case.number, one.word, lambda person, one=one: one.word in person.cases)
        data = as_json(one) if as_program else as_sent(one)
        yield Post(
            Address.of(route, (named,)), data, lambda person, one=one: person.name in _takers(one), as_program
        )


def _sampled(city: City) -> Iterator[Matter]:
    """Every matter of one world, and some of the others: each has its taker, and for the rest each is foreign."""
    yield from city.worlds["t"].matters.values()
    for key in ("s", "r"):
        yield from (city.worlds[key].matters[name] for name in ("received", "ordered", "rectified"))


def _takers(matter: Matter) -> frozenset[str]:
    """Both cities of the first pack have one hotline."""
    programs = {f"{name.partition('-')[0]}-program" for name in matter.takers if name.endswith(CLERICAL)}
    return matter.takers | programs | ({"caller"} if {"t-caller", "s-caller"} & matter.takers else set())


def _batches(route: str, city: City) -> Iterator[Post]:
    """Accepting what was received, of each world: by whoever could accept it alone."""
    for world in city.worlds.values():
        one = world.matters["received"]
        proceeding = one.proceeding
        given = {
            "row": f"{proceeding.id}.{proceeding.last_step}",
            "step": f"{proceeding.kind}:{proceeding.version}:accept",
        }
        yield Post(Address.of(route), given, lambda person, one=one: person.name in _takers(one))


def _instructions(route: str, city: City) -> Iterator[Post]:
    """Written on each world's accepted matter, by the leader of the body that has it."""
    for world in city.worlds.values():
        one = world.matters["accepted"]
        given = {
            "instruction": "三日内上门", "reply_by": "2026-12-01", "key": "00000000-0000-4000-8000-0000000000fe",
        }  # fmt: skip
        named = (
            Argument("case"),
            Argument(str(one.case.id), one.word, lambda person, one=one: one.word in person.cases),
        )
        leader = f"{world.key}-leader"
        yield Post(Address.of(route, named), given, lambda person, leader=leader: person.name == leader)


def _replies(route: str, city: City) -> Iterator[Post]:
    """A reply to each world's instruction, by the officer of the body that has to answer."""
    for instruction in Instruction.objects.select_related("matter"):
        world = next(one for one in city.worlds.values() if one.body.id == instruction.matter.holder_id)
        asked = Proceeding.objects.get(subject_kind="instruction", subject_id=instruction.pk)
        key = f"{asked.pk}-reply"
        given = {"step": key, f"{key}-expected_number": asked.last_step, f"{key}-reply": "已上门"}
        word = world.matters["accepted"].word
        named = (
            Argument(
                str(instruction.pk), word, lambda person, word=word: word in person.cases and person.role in DESK
            ),
        )
        officer = f"{world.key}-officer"
        yield Post(Address.of(route, named), given, lambda person, officer=officer: person.name == officer)


def _notes(route: str, city: City) -> Iterator[Post]:
    """On each world's accepted matter, by whoever of the bodies sees it; a program has no page."""
    for world in city.worlds.values():
        one = world.matters["accepted"]
        sees = lambda person, word=one.word: word in person.cases and person.role in STAFF and not person.key  # noqa: E731
        named = (Argument("case"), Argument(str(one.case.id), one.word, sees))
        given = {"text": "请看", "key": "00000000-0000-4000-8000-0000000000fc"}
        yield Post(Address.of(route, named), given, sees)


def _note_erasure(route: str, city: City) -> Iterator[Post]:
    """By the leader who wrote it."""
    for address in addresses(route, city):
        word = address.arguments[0].word
        world = next(one for one in city.worlds.values() if one.matters["accepted"].word == word)
        leader = f"{world.key}-leader"
        yield Post(address, {}, lambda person, leader=leader: person.name == leader)


def _reporters_step(route: str, city: City) -> Iterator[Post]:
    """Reopening, by whoever follows the case."""
    for world in city.worlds.values():
        one = world.matters["closed"]
        named = Argument(one.case.number, one.word, lambda person, one=one: person.tracked is one)
        yield Post(Address.of(route, (named,)), as_sent(one), lambda person, one=one: person.tracked is one)


def _companys_step(route: str, city: City) -> Iterator[Post]:
    """The promise, by whoever has the link; and by the same link another world's promise, which is nobody's."""
    for world in city.worlds.values():
        one = world.matters["ordered"]
        secret = Argument(one.invitation, one.word, opens=frozenset({one.word, world.site_word}))
        address = Address.of(route, (secret,))
        yield Post(address, as_sent(one), lambda person: True)
        for other in city.worlds.values():
            if other is not world:
                yield Post(address, as_sent(other.matters["ordered"]), nobody)


def _invitations(route: str, city: City) -> Iterator[Post]:
    for world in city.worlds.values():
        for name in ("accepted", "ordered", "closed"):
            yield _invitation(route, world, name)


def _invitation(route: str, world: World, name: str) -> Post:
    """Made by the officer while an order stands."""
    one = world.matters[name]
    named = Argument(one.case.number, one.word, lambda person: one.word in person.cases)
    return Post(Address.of(route, (named,)), {}, lambda p: name == "ordered" and p.name == f"{world.key}-officer")


def _erasure(route: str, city: City) -> Iterator[Post]:
    """By the leader of the body, once the case has ended."""
    for world in city.worlds.values():
        for name in ("accepted", "closed"):
            yield _erasing(route, world, name)


def _erasing(route: str, world: World, name: str) -> Post:
    one = world.matters[name]
    named = Argument(one.case.number, one.word, lambda person: one.word in person.cases)
    asked = {"reason": "the reporter asked for it"}
    leader = f"{world.key}-leader"
    return Post(Address.of(route, (named,)), asked, lambda p: name == "closed" and p.name == leader)


def _categories(route: str, city: City) -> Iterator[Post]:
    for world in city.worlds.values():
        early = world.upload
        named = Argument(early.case.number, early.case_word, lambda person, w=early.case_word: w in person.cases)
        officer = f"{world.key}-officer"
        yield Post(
            Address.of(route, (named,)),
            {"category": "leak"},
            lambda person, officer=officer: person.name == officer,
        )


def _assigning(route: str, city: City) -> Iterator[Post]:
    """Taken by the clerk, the officer, the leader and the program of the body that has it, and by nobody else."""
    for world in city.worlds.values():
        one = world.matters["accepted"]
        named = Argument(one.case.number, one.word, lambda person, w=one.word: w in person.cases)
        own = {f"{world.key}-{who}" for who in (Role.CLERK, Role.OFFICER, Role.LEADER, "program")}
        held = housing_of(one.case).id
        if route.startswith("api/"):
            data: dict[str, Any] = {"proceeding": held, "to": f"{world.key}-officer"}
            yield Post(Address.of(route, (named,)), data, lambda person, own=own: person.name in own, json=True)
        else:
            data = {"proceeding": held, "do": "take"}
            yield Post(Address.of(route, (named,)), data, lambda person, own=own: person.name in own)


def _answering(route: str, city: City) -> Iterator[Post]:
    """An alert is answered by the officer and the leader of the body that was told."""
    for address in addresses(route, city):
        key = next(one.key for one in city.worlds.values() if one.site_word == address.arguments[0].word)
        own = {f"{key}-officer", f"{key}-leader"}
        yield Post(address, {"word": "已组织排查"}, lambda person, own=own: person.name in own)


def _imports(route: str, city: City) -> Iterator[Post]:
    """What waits is discarded by its uploader alone."""
    for world in city.worlds.values():
        early, officer = world.upload, world.staff[Role.OFFICER]
        _, waiting = early.of_cases if route.startswith("desk/cases/") else early.of_buildings
        mine = Argument(str(waiting), early.word, lambda person, user=officer: person.user == user)
        yield Post(Address.of(route, (mine,)), {"do": "discard"}, mine.theirs)


def _confirming(route: str, city: City) -> Iterator[Post]:
    """Each body's historical case is given a category by its officer alone."""
    for world in city.worlds.values():
        early, officer = world.upload.case, world.staff[Role.OFFICER]
        own = lambda person, user=officer: person.user == user  # noqa: E731
        yield Post(Address.of(route), {"case": early.pk, f"choice-{early.pk}": "leak"}, own)


def _orders(route: str, city: City) -> Iterator[Post]:
    """What waits is discarded by its uploader alone; each hotline here has one caller."""
    for run in ImportRun.objects.filter(importer="work_orders", confirmed_at__isnull=True):
        own = run.user_id
        mine = Argument(str(run.key), theirs=lambda one, own=own: one.user is not None and one.user.pk == own)
        yield Post(Address.of(route, (mine,)), {"do": "discard"}, mine.theirs)


def _lists(*roles: Role) -> Make:
    """Exports hold no more than the page; views are their owners'."""

    def make(route: str, city: City) -> Iterator[Post]:
        address = Address.of(route)
        for form in ("xlsx", "csv"):
            yield Post(address, {"do": f"export-{form}"}, among(*roles))
        yield Post(address, {"do": "save-view", "name": "mine", "shared": "1"}, among(*roles))
        view = SavedView.objects.filter(list_key="cases").earliest("id")
        mine = (lambda person: person.user == view.user) if route == "desk/cases/" else nobody
        yield Post(address, {"do": "rename-view", "view": view.pk, "name": "taken"}, mine)
        yield Post(address, {"do": "delete-view", "view": view.pk}, mine)

    return make


def _lending(route: str, city: City) -> Iterator[Post]:
    """One's own grant to oneself, another's grant to oneself: neither can be lent."""
    for world in city.worlds.values():
        leader = world.staff[Role.LEADER]
        grant = Grant.objects.get(user=leader)
        days = {"valid_from": "2026-12-01", "valid_to": "2026-12-02", "reason": "on leave"}
        yield Post(Address.of(route), {"grant": grant.pk, "to_user": leader.pk, **days}, nobody)


DESK = (Role.CLERK, Role.OFFICER, Role.LEADER)
CLERICAL = ("-clerk", "-officer")
STAFF = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.CALLER)
WORKING = (*STAFF, Role.COMPANY)
HOTLINE = among(Role.CALLER)
KEEPERS = among(Role.CLERK, Role.LEADER, Role.CALLER)
SECURITY = among(Role.SECURITY_ADMINISTRATOR)
CODE = {"code": "000000"}
KNOWN: dict[str, Make] = {
    "accounts/login/": sent(login="t-officer", password="wrong"),
    "accounts/logout/": sent(),
    "accounts/reauthenticate/": sent(password="wrong"),
    "accounts/password/": sent(oldpassword="wrong", password1="another long one", password2="another long one"),
    r"accounts/^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": sent(password1="x", password2="x"),
    "accounts/second-factor/authenticate/": sent(**CODE),
    "accounts/second-factor/reauthenticate/": sent(**CODE),
    "accounts/second-factor/totp/activate/": sent(**CODE),
    "accounts/second-factor/totp/deactivate/": sent(),
    "accounts/second-factor/recovery-codes/generate/": sent(),
    "i18n/setlang/": sent(language="en", next="/"),
    "ui/text-size": sent(size="large", next="/"),
    "desk/": _lists(*WORKING),
    "desk/notices/": sent(),
    "desk/batch/": _batches,
    "desk/cards/": _lists(*DESK),
    "desk/archive/": _lists(*DESK),
    "desk/archive/<int:filing_id>/take-out/": sent(among(Role.LEADER), reason="a court asks for it"),
    "desk/cases/ready/": _lists(*DESK),
    "desk/cases/hot-spots/alerts/": _lists(*STAFF),
    "desk/cases/hot-spots/alerts/<int:alert_id>/": _answering,
    "desk/cases/ready/file/": sent(nobody, row="1"),
    "desk/instructions/new/<slug:kind>/<int:subject_id>/": _instructions,
    "desk/instructions/<int:instruction_id>/": _replies,
    "desk/cases/": _lists(*WORKING),
    "desk/cases/historical/": _lists(*STAFF),
    "desk/handover/": sent(nobody, leaver="1", receivers="2", last_on="2026-12-31", reason="leaves", do="hand"),
    "desk/notes/new/<slug:kind>/<int:subject_id>/": _notes,
    "desk/notes/<int:note_id>/erase/": _note_erasure,
    "desk/notes/mentions/<int:mention_id>/seen/": sent(lambda person: True),
    "desk/cases/replies/": _lists(*STAFF),
    "desk/cases/replies/new/": sent(KEEPERS, title="新模板", spot="housing_quality", text="请尽快返工。"),
    "desk/cases/replies/<int:template_id>/": sent(KEEPERS, title="改过", spot="housing_quality", text="请返工。"),
    "desk/cases/import/": openings.upload,
    "desk/cases/import/<uuid:key>/": _imports,
    "desk/records/import/": openings.upload,
    "desk/records/import/<uuid:key>/": _imports,
    "desk/cases/historical/categories/": _confirming,
    "desk/cases/work-orders/": _lists(Role.CALLER),
    "desk/cases/work-orders/import/": openings.upload_orders,
    "desk/cases/work-orders/import/<uuid:key>/": _orders,
    "desk/cases/work-orders/answers/": sent(system="province-12345", what="new"),
    "desk/cases/<str:number>/": _steps,
    "desk/cases/<str:number>/category/": _categories,
    "desk/cases/<str:number>/personal/": _erasure,
    "desk/cases/<str:number>/assignee/": _assigning,
    "desk/cases/<str:number>/reporter/": sent(reason="call back"),
    "desk/cases/<str:number>/registration/<int:proceeding>/": sent(),
    "desk/cases/<str:number>/invite/": _invitations,
    "desk/papers/": _lists(*WORKING),
    "desk/papers/<int:document_id>/paper.pdf": sent(),
    "desk/papers/<int:document_id>/paper.docx": sent(),
    "desk/papers/<int:document_id>/correct/": sent(reason="wrong"),
    "desk/papers/<int:document_id>/revoke/": sent(reason="wrong"),
    "desk/calls/": _lists(Role.CALLER),
    "desk/calls/back/": _lists(Role.CALLER),
    "desk/calls/knowledge/": _lists(Role.CALLER),
    "desk/calls/knowledge/new/": sent(HOTLINE, title="问", text="答"),
    "desk/calls/knowledge/<int:snippet_id>/": sent(HOTLINE, title="问", text="答"),
    "desk/calls/new/": openings.calls,
    "desk/calls/new/reporter/": sent(phone="13800001234"),
    "desk/calls/new/beside/": sent(description="卫生间顶板渗水，墙面发霉。"),
    "desk/calls/new/asked/": sent(category_text="渗漏", category="leak"),
    "desk/sites/": _lists(*STAFF),
    **RECORDS,
    "desk/organizations/": _lists(*STAFF),
    "desk/products/": _lists(*STAFF),
    "desk/responsibilities/<int:responsibility_id>/end/": sent(lambda person: True, on="2026-11-30"),
    "desk/accounts/": _lists(Role.SECURITY_ADMINISTRATOR),
    "desk/accounts/open/": sent(SECURITY, username="new", name="new", organization_text="枣庄市住房和城乡建设局"),
    "desk/accounts/<int:pk>/": sent(SECURITY, do="lock"),
    "desk/accounts/<int:pk>/link/": sent(SECURITY),
    "desk/accounts/<int:pk>/keys/": sent(
        SECURITY, **{"key-name": "new", "key-scopes": "read", "key-last_on": "2027-01-31"}
    ),
    "desk/accounts/<int:pk>/keys/<int:key>/revoke/": sent(),
    "desk/ledger/": _lists(Role.AUDIT_ADMINISTRATOR),
    "desk/ledger/<slug:kind>/<int:pk>/": sent(),
    "desk/me/": _lending,
    "desk/me/delegations/<int:pk>/end/": sent(lambda person: True),
    "desk/me/notices/": sent(
        lambda person: person.user is not None, **{"notices-email": "a@example.org", "notices-topics": "cards"}
    ),
    "desk/system/jobs/<int:job>/retry/": sent(),
    "desk/system/notices/": _lists(Role.SYSTEM_ADMINISTRATOR),
    "desk/system/notices/<int:notice>/retry/": sent(),
    "api/v1/webhooks": openings.subscribed,
    "api/v1/webhooks/<subscription>/enable": sent(),
    "api/v1/cases": openings.opened,
    **OVER_HTTP,
    "api/v1/cases/<number>/files": openings.files,
    "api/v1/cases/<number>/steps": _steps,
    "api/v1/cases/<number>/assignee": _assigning,
    "open311/<city>/v2/requests.<form>": openings.requested,
    "<slug:city>/categories/": sent(description="卫生间顶板渗水，墙面发霉。"),
    "<slug:city>/categories/<slug:about>/": sent(description="卫生间顶板渗水，墙面发霉。"),
    "<slug:city>/complain/": openings.complaint,
    "<slug:city>/complain/<slug:about>/": openings.report,
    "track/": sent(nobody, number="TS-3704-2026-000001-1", secret="QQQQ-QQQQ-QQQQ-QQQQ"),
    "track/<str:number>/": _reporters_step,
    "answer/<str:secret>/": _companys_step,
    "track/<str:number>/papers/<int:document_id>/": sent(),
    "answer/<str:secret>/papers/<int:document_id>/": sent(),
    "verify/<str:code>/": sent(),
    "stop/<str:code>/": sent(lambda person: True, again="1"),
}
"""What is sent to each route that takes anything."""
