"""The simulation of `make demo`, small: both cities, every printed account, everything marked, told only once."""

from datetime import datetime
from pathlib import Path

from django.test import Client

from zhicheng.cases.hotspots.queries import list_hot_spots
from zhicheng.cases.models import Case
from zhicheng.cases.queries import loop_of
from zhicheng.demo.endings import ENDINGS, Ending
from zhicheng.demo.invented import TRADES
from zhicheng.demo.services import NEIGHBOURS, WAITING, Size, ensure_demo
from zhicheng.ground.access.api import User, actor_for
from zhicheng.ground.documents.api import Document
from zhicheng.ground.ledger.verification import verify
from zhicheng.ground.objects.models import Answers, Responsibility
from zhicheng.ground.packs.api import load_pack
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.models import Proceeding

BUSY = {"clerk", "officer", "leader", "caller", "company", "market-clerk", "market-officer"}
SMALL = Size(loop=8, others=10)


def test_both_cities_have_work_and_every_printed_account_can_begin(
    database: None, files_root: Path, now: datetime, client: Client
) -> None:
    for pack in ("national", "jining", "zaozhuang"):
        load_pack(pack)
    accounts = ensure_demo(now, size=SMALL)
    assert ensure_demo(now, size=SMALL) == accounts

    cases = Case.objects.all()
    assert cases.count() == 2 * (SMALL.loop + SMALL.others + len(ENDINGS)) + len(WAITING) + len(NEIGHBOURS) + 2
    assert not cases.filter(simulated=False).exists()
    assert not Proceeding.objects.filter(simulated=False).exists()
    assert not cases.filter(received_at__gt=now).exists()
    assert {"closed", "received", "accepted"} <= set(Proceeding.objects.values_list("state", flat=True))
    assert Proceeding.objects.values("kind").distinct().count() > 4
    assert verify().sound
    for ending in ENDINGS:
        ended = Proceeding.objects.filter(kind=ending.kind, state=ending.state, subject_id__in=_told(ending))
        assert ended.count() == 2, ending.code
        for case in Case.objects.filter(id__in=ended.values("subject_id")):
            assert loop_of(case).state == "closed", ending.code
            papers = set(Document.objects.filter(subject_id=case.id).values_list("form", flat=True))
            assert set(ending.forms) <= papers, (ending.code, papers)
    trades = Responsibility.objects.filter(
        role__in=(Answers.SUBCONTRACTOR, Answers.MATERIAL_SUPPLIER), product=None
    )
    for name, scope in trades.values_list("organization__name", "scope"):
        assert {trade for stem, trade in TRADES.items() if stem in name} == {scope}, name
    blamed = Organization.objects.filter(id__in=Case.objects.exclude(company=None).values("company"))
    assert not blamed.filter(simulated=False).exists()
    officer = actor_for(User.objects.get(username="officer"), now.date())
    assert max(spot.reach for spot in list_hot_spots(officer, now, 30)) >= len(NEIGHBOURS) - 1

    for account in accounts:
        client.logout()
        client.post("/accounts/login/", {"login": account.username, "password": account.password})
        page = client.get("/desk/", follow=True)
        assert page.status_code == 200, account.username
        assert ("/desk/cases/id/" in page.content.decode()) == (account.username in BUSY), account.username


def _told(ending: Ending) -> list[int]:
    return list(Case.objects.filter(description=ending.text).values_list("id", flat=True))
