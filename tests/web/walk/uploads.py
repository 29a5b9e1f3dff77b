"""Imports: a historical case, a refused row of each kind of table, and what waits to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from integration.cases.importing.earlier_files import HEAD, confirm_import, proposed_mapping, receive_file, row
from web.walk.moments import RECENTLY
from zhicheng.cases.models import Case
from zhicheng.core.access import Role
from zhicheng.ground.importing import services
from zhicheng.ground.importing.queries import proposed_plan
from zhicheng.ground.importing.registry import importer_of
from zhicheng.ground.importing.services import carry_out

if TYPE_CHECKING:
    from web.walk.worlds import World


@dataclass(frozen=True)
class Upload:
    """A finished import and one that is not confirmed, the case that was made, and the words of both."""

    word: str
    case_word: str
    case: Case
    finished: UUID
    waiting: UUID
    buildings: UUID
    """A finished import of buildings, of which the one row was refused."""
    buildings_waiting: UUID

    @property
    def of_cases(self) -> tuple[UUID, UUID]:
        """The finished import of cases and the one that waits."""
        return self.finished, self.waiting

    @property
    def of_buildings(self) -> tuple[UUID, UUID]:
        """The same of buildings."""
        return self.buildings, self.buildings_waiting


def build_upload(world: World) -> Upload:
    """An import by the world's officer."""
    word, case_word = f"zq{world.key}import", f"zq{world.key}hcase"
    good = row(
        f"{case_word}1", 留言主题=f"漏水 {case_word}", 留言详情=f"漏 {case_word}", 答复意见=f"修好 {case_word}"
    )
    bad = row(f"{word}2", 留言主题=f"漏水 {word}", 答复时间="2018/1/1")
    finished = _receive(world, f"{word}.csv", good, bad, confirmed=True)
    waiting = _receive(world, f"{word} waiting.csv", bad, confirmed=False)
    case = Case.objects.get(title__contains=case_word)
    buildings = [_receive_buildings(world, word, confirmed=confirmed) for confirmed in (True, False)]
    return Upload(word, case_word, case, finished, waiting, *buildings)


def _receive(world: World, name: str, *rows: tuple[str, ...], confirmed: bool) -> UUID:
    text = "\n".join(",".join(cells) for cells in (HEAD, *rows))
    officer = world.actor(Role.OFFICER)
    run, table = receive_file(
        source=BytesIO(text.encode()), name=name, organization=world.body, by=officer, now=RECENTLY
    )
    if confirmed:
        mapping = proposed_mapping(world.body, table)
        confirm_import(run=run, mapping=mapping, system=f"system {world.key}", now=RECENTLY)
        carry_out(key=run.key, now=RECENTLY)
    return run.key


def _receive_buildings(world: World, word: str, *, confirmed: bool) -> UUID:
    """One estate in an area that there is not."""
    text = f"小区名称,行政区划\n{word},999999\n"
    taking, officer = importer_of("records"), world.actor(Role.OFFICER)
    run, table = services.receive_file(
        importer=taking, source=BytesIO(text.encode()), name=f"{word} buildings.csv", organization=world.body,
        by=officer, now=RECENTLY,
    )  # fmt: skip
    if confirmed:
        plan = replace(proposed_plan(taking, world.body, table), name=world.place.name)
        services.confirm_import(run=run, plan=plan, now=RECENTLY)
        carry_out(key=run.key, now=RECENTLY)
    return run.key
