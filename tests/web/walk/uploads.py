"""An import of historical cases: a row that became one, one that was refused, one that waits to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from integration.cases.importing.earlier_files import HEAD, row
from web.walk.moments import RECENTLY
from zhicheng.cases.importing.queries import proposed_mapping
from zhicheng.cases.importing.services import carry_out, confirm_import, receive_file
from zhicheng.cases.models import Case
from zhicheng.core.access import Role

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


def build_upload(world: World) -> Upload:
    """An import by the world's officer."""
    word, case_word = f"zq{world.key}import", f"zq{world.key}hcase"
    good = row(
        f"{case_word}1", 留言主题=f"漏水 {case_word}", 留言详情=f"漏 {case_word}", 答复意见=f"修好 {case_word}"
    )
    bad = row(f"{word}2", 留言主题=f"漏水 {word}", 答复时间="2018/1/1")
    finished = _receive(world, f"{word}.csv", good, bad, confirmed=True)
    waiting = _receive(world, f"{word} waiting.csv", bad, confirmed=False)
    return Upload(word, case_word, Case.objects.get(title__contains=case_word), finished, waiting)


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
