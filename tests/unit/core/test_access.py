"""Who sees and does what, checked over every kind of reach, holder, participant and place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhicheng.core.access import ADMINISTRATORS, COVERING, HOLDING, Actor, Domain, Matter, Part, Reach, Role

CITY, COUNTY, SISTER, TOWN = "/1/4/", "/1/4/40/", "/1/4/41/", "/1/4/40/400/"
PATHS = st.sampled_from(["/1/", CITY, COUNTY, SISTER, TOWN, "/1/5/", "/1/4/4/"])
ORGANIZATIONS = st.integers(1, 6)
DOMAINS = st.sampled_from(Domain)
SUBJECTS = st.tuples(st.just("case"), st.integers(1, 3))
MATTERS = st.builds(
    Matter,
    area_path=PATHS,
    domain=DOMAINS,
    holder=st.none() | ORGANIZATIONS,
    parts=st.dictionaries(ORGANIZATIONS, st.sampled_from(Part), max_size=3),
    subject=st.none() | SUBJECTS,
)
REACHES = st.builds(
    Reach,
    role=st.sampled_from(Role),
    organizations=st.frozensets(ORGANIZATIONS, max_size=3),
    areas=st.lists(PATHS, max_size=2).map(tuple),
    domains=st.frozensets(DOMAINS, max_size=2),
    on_behalf_of=st.none() | st.integers(100, 103),
    confined=st.booleans(),
)
PEOPLE = st.builds(
    Actor,
    key=st.just("user:1"),
    name=st.just("Li"),
    reaches=st.lists(REACHES, max_size=3).map(tuple),
    user_id=st.just(1),
    own=st.none() | SUBJECTS,
    own_role=st.none() | st.sampled_from([Role.REPORTER, Role.COMPANY]),
)


def matter(
    path: str = COUNTY,
    domain: Domain = Domain.HOUSING,
    holder: int | None = 7,
    parts: dict[int, Part] | None = None,
) -> Matter:
    return Matter(path, domain, holder, parts or {}, ("case", 1))


def reach(role: Role, *organizations: int, areas: tuple[str, ...] = (), domain: Domain = Domain.HOUSING) -> Reach:
    return Reach(role, frozenset(organizations), areas, frozenset({domain}))


@given(REACHES, MATTERS)
def test_administrators_see_no_matter_and_act_on_none(one: Reach, thing: Matter) -> None:
    if one.role in ADMINISTRATORS:
        assert not one.sees(thing)
        assert one.roles_on(thing) == frozenset()


@given(REACHES, MATTERS)
def test_nobody_sees_outside_their_areas_and_domains_unless_they_take_part(one: Reach, thing: Matter) -> None:
    place = any(thing.area_path.startswith(area) for area in one.areas)
    named = {org for org, part in thing.parts.items() if one.role is not Role.COMPANY or part is Part.RESPONDENT}
    holds = one.role is not Role.COMPANY and thing.holder in one.organizations
    part = not one.confined and (holds or bool(one.organizations & named))
    assert one.sees(thing) == (
        one.role not in ADMINISTRATORS and ((place and thing.domain in one.domains) or part)
    )


@given(REACHES, MATTERS)
def test_a_reach_gives_at_most_one_role_and_only_on_what_it_sees(one: Reach, thing: Matter) -> None:
    roles = one.roles_on(thing)
    assert len(roles) <= 1
    assert not roles or one.sees(thing)
    assert roles <= {one.role, Role.ASSISTING}


@given(REACHES, MATTERS)
def test_holding_roles_act_only_where_they_hold_and_covering_roles_only_where_they_cover(
    one: Reach, thing: Matter
) -> None:
    given_own = one.role in one.roles_on(thing)
    inside = not one.confined or one.covers(thing)
    if one.role in HOLDING:
        assert given_own == (inside and thing.holder in one.organizations)
    elif one.role in COVERING:
        assert given_own == one.covers(thing)
    elif one.role is Role.COMPANY:
        assert given_own == (inside and Part.RESPONDENT in {thing.parts.get(o) for o in one.organizations})
    else:
        assert not given_own


@given(PEOPLE, MATTERS)
def test_an_actor_is_the_sum_of_the_reaches_and_of_what_is_their_own(actor: Actor, thing: Matter) -> None:
    answers = actor.own_role is not Role.COMPANY or (
        thing.parts.get(actor.organization_id or 0) is Part.RESPONDENT
    )
    owns = actor.own is not None and actor.own == thing.subject and answers
    assert actor.sees(thing) == (owns or any(one.sees(thing) for one in actor.reaches))
    own = {actor.own_role} if owns and actor.own_role else set()
    assert actor.roles_on(thing) == own.union(*(one.roles_on(thing) for one in actor.reaches))


@given(PEOPLE, MATTERS)
def test_nobody_acts_on_what_they_do_not_see(actor: Actor, thing: Matter) -> None:
    assert not actor.roles_on(thing) or actor.sees(thing)


@given(PEOPLE, MATTERS, st.sampled_from(Role))
def test_somebody_acts_for_another_only_if_they_must(actor: Actor, thing: Matter, role: Role) -> None:
    giving = [one for one in actor.reaches if role in one.roles_on(thing)]
    giver = actor.on_behalf_of(role, thing)
    if not giving or any(one.on_behalf_of is None for one in giving):
        assert giver is None
    else:
        assert giver in {one.on_behalf_of for one in giving}


@pytest.mark.parametrize(
    ("path", "domain", "seen"),
    [
        (COUNTY, Domain.HOUSING, True),
        (TOWN, Domain.HOUSING, True),
        (SISTER, Domain.MARKET, True),
        (COUNTY, Domain.MARKET, False),
        (SISTER, Domain.HOUSING, False),
        (CITY, Domain.HOUSING, False),
        ("/1/4/400/", Domain.HOUSING, False),
    ],
)
def test_pairs_of_area_and_domain_are_never_crossed(path: str, domain: Domain, seen: bool) -> None:
    pairs = (
        reach(Role.OFFICER, 1, areas=(COUNTY,), domain=Domain.HOUSING),
        reach(Role.OFFICER, 1, areas=(SISTER,), domain=Domain.MARKET),
    )
    assert Actor("user:1", "Li", pairs).sees(matter(path, domain)) is seen


@pytest.mark.parametrize("part", list(Part))
def test_every_participant_sees_and_only_two_kinds_act(part: Part) -> None:
    thing = matter(SISTER, parts={8: part})
    roles = {role: reach(role, 8).roles_on(thing) for role in Role}
    assert all(reach(role, 8).sees(thing) for role in set(Role) - ADMINISTRATORS - {Role.COMPANY})
    assert reach(Role.COMPANY, 8).sees(thing) == (part is Part.RESPONDENT)
    acting = {role: found for role, found in roles.items() if found}
    expected = {
        Part.ASSISTING: {Role.OFFICER: frozenset({Role.ASSISTING})},
        Part.RESPONDENT: {Role.COMPANY: frozenset({Role.COMPANY})},
    }
    assert acting == expected.get(part, {})


def test_the_officer_of_a_body_that_holds_and_assists_is_its_officer() -> None:
    assert reach(Role.OFFICER, 7, 8).roles_on(matter(parts={8: Part.ASSISTING})) == {Role.OFFICER}


def test_a_caller_acts_wherever_the_jurisdiction_covers_whoever_holds() -> None:
    caller = reach(Role.CALLER, 3, areas=(CITY,))
    assert caller.roles_on(matter()) == {Role.CALLER}
    assert caller.roles_on(matter("/1/5/", holder=3)) == frozenset()
    assert caller.sees(matter("/1/5/", holder=3))


def test_a_secret_opens_one_subject_and_no_other() -> None:
    reporter = Actor("reporter:1", "reporter", own=("case", 1), own_role=Role.REPORTER)
    other = Matter(COUNTY, Domain.HOUSING, 7, {}, ("case", 2))
    elsewhere = Matter(COUNTY, Domain.HOUSING, 7, {}, ("sample", 1))
    nameless = Matter(COUNTY, Domain.HOUSING, 7, {})
    assert reporter.sees(matter())
    assert reporter.roles_on(matter()) == {Role.REPORTER}
    assert not any(reporter.sees(one) or reporter.roles_on(one) for one in (other, elsewhere, nameless))


@given(MATTERS)
def test_the_public_sees_nothing_and_the_system_is_nothing_but_the_system(thing: Matter) -> None:
    assert not Actor("public", "public").sees(thing)
    system = Actor("system:clock", "system", (reach(Role.OFFICER, 1, 2, 3, 4, 5, 6),))
    assert system.sees(thing)
    assert system.roles_on(thing) == {Role.SYSTEM}


def test_who_holds_a_role_themselves_does_not_act_for_the_giver() -> None:
    lent = Reach(Role.OFFICER, frozenset({7}), on_behalf_of=100)
    own = Reach(Role.OFFICER, frozenset({7}))
    assert Actor("user:1", "Li", (lent,)).on_behalf_of(Role.OFFICER, matter()) == 100
    assert Actor("user:1", "Li", (lent, own)).on_behalf_of(Role.OFFICER, matter()) is None
    assert Actor("user:1", "Li", (lent,)).on_behalf_of(Role.LEADER, matter()) is None


def test_inside_neither_a_company_nor_a_secret_opens_anything() -> None:
    company = Reach(Role.COMPANY, frozenset({9}))
    officer = Reach(Role.OFFICER, frozenset({7}))
    own = ("case", 1)
    matter = Matter("/1/", Domain.HOUSING, None, {9: Part.RESPONDENT}, own)
    actor = Actor("user:1", "x", (company,), own=own, own_role=Role.REPORTER)
    assert actor.sees(matter)
    assert not actor.inside.sees(matter)
    assert Actor("user:1", "x", (company, officer)).inside.reaches == (officer,)
