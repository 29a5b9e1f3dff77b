"""One matter in each state in which somebody has to act, with what that somebody would send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from web.walk.moments import RECENTLY, TODAY
from zhicheng.cases.api import (
    SUBJECT,
    Case,
    Complaint,
    housing_of,
    invited_company,
    loop_of,
    open_case,
)
from zhicheng.core.access import Actor, Role
from zhicheng.ground.access.api import actor_for
from zhicheng.ground.files.api import IMAGES, Attachment, accept_upload
from zhicheng.ground.packs.api import get_term
from zhicheng.ground.proceedings.api import Proceeding, advance, invite, read_situation

if TYPE_CHECKING:
    from web.walk.worlds import World

SEARCHED = "漏水"
"""Stands in every matter, so that one search finds whatever its reader may see."""
_keys = count(1)


@dataclass
class Matter:
    """A case with its word, its secrets, its files, and the step that is due: by whom, and what they send."""

    case: Case
    secret: str
    word: str
    photo: str
    invitation: str = ""
    by_loop: bool = False
    verb: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)
    takers: frozenset[str] = frozenset()

    @property
    def proceeding(self) -> Proceeding:
        """The proceeding whose step is due."""
        return loop_of(self.case) if self.by_loop else housing_of(self.case)

    @property
    def attachments(self) -> list[int]:
        """The ids of every file of the case and of its steps."""
        own = Attachment.objects.filter(subject_kind=SUBJECT, subject_id=self.case.id)
        steps = Attachment.objects.filter(subject_kind="proceeding", subject_id=housing_of(self.case).id)
        return [*own.values_list("id", flat=True), *steps.values_list("id", flat=True)]


def build_matters(world: World) -> dict[str, Matter]:
    """The matters of a world by the state that they are in."""
    story = _Story(world, world.actor(Role.CLERK), world.actor(Role.OFFICER), actor_for(world.caller, TODAY))
    return {
        "received": story.received(),
        "accepted": story.accepted(),
        "requested": story.requested(),
        "ordered": story.ordered(),
        "rectified": story.rectified(),
        "awaiting": story.awaiting(),
        "closed": story.closed(),
    }


@dataclass
class _Story:
    world: World
    clerk: Actor
    officer: Actor
    caller: Actor

    def received(self) -> Matter:
        matter = self._opened("a")
        return self._due(matter, "accept", {}, "clerk", "officer")

    def accepted(self) -> Matter:
        matter = self._opened("b")
        self._step(matter, self.clerk, "accept")
        self._step(matter, self.officer, "note", note=f"内部 {matter.word}")
        order = {"cause": "workmanship", "company": self.world.company.id, "due_on": TODAY + timedelta(days=30),
                 "requirement": f"返工 {matter.word}"}  # fmt: skip
        return self._due(matter, "order", order, "officer")

    def requested(self) -> Matter:
        matter = self._opened("c")
        self._step(matter, self.clerk, "accept")
        self._step(matter, self.officer, "request_dismiss", finding=f"未发现 {matter.word}")
        return self._due(matter, "dismiss", {}, "leader")

    def ordered(self) -> Matter:
        matter = self._ordered("d")
        return self._due(matter, "promise", {"promised_on": TODAY + timedelta(days=5)}, "company")

    def rectified(self) -> Matter:
        matter = self._proven("e")
        checked = {"checked_on": TODAY, "finding": f"不再漏水 {matter.word}"}
        return self._due(matter, "verify", checked, "officer")

    def awaiting(self) -> Matter:
        matter = self._verified("f")
        return self._due(matter, "call", {"outcome": "satisfied", "remark": "满意"}, "caller", by_loop=True)

    def closed(self) -> Matter:
        matter = self._verified("g")
        advance(
            proceeding=loop_of(matter.case).id, verb="call", by=self.caller, now=RECENTLY,
            data={"outcome": "satisfied", "remark": f"满意 {matter.word}"},
        )  # fmt: skip
        return self._due(matter, "reopen", {"reason": "又漏了"}, "caller", "reporter", by_loop=True)

    def _opened(self, letter: str) -> Matter:
        word = f"zq{self.world.key}{letter}case"
        photo = accept_upload(upload=photograph(f"{word}.jpg"), purpose="complaint", allowed=IMAGES)
        receipt = open_case(complaint=self._complaint(word, photo), now=RECENTLY)
        return Matter(receipt.case, receipt.secret, word, f"{word}.jpg")

    def _complaint(self, word: str, photo: Any) -> Complaint:
        leak = get_term("housing.category", "leak", self.world.place)
        return Complaint(
            title=f"{SEARCHED} {word}", description=f"卫生间{SEARCHED}，{word}，物业没有处理。", category=leak,
            area=self.world.place, site=self.world.site, place=f"1单元 {word}", respondent=f"某公司 {word}",
            reporter_name=f"王 {word}", reporter_phone="13900000000", photos=(photo,),
            request_key=UUID(int=next(_keys), version=4),
        )  # fmt: skip

    def _ordered(self, letter: str) -> Matter:
        matter = self._opened(letter)
        self._step(matter, self.clerk, "accept")
        self._step(
            matter, self.officer, "order", cause="workmanship", company=self.world.company.id,
            due_on=TODAY + timedelta(days=30), requirement=f"返工 {matter.word}",
        )  # fmt: skip
        situation = read_situation(housing_of(matter.case).id)
        assert situation is not None
        matter.invitation = invite(situation=situation, by=self.officer, now=RECENTLY).secret
        return matter

    def _proven(self, letter: str) -> Matter:
        matter = self._ordered(letter)
        company = invited_company(matter.case, self.world.company)
        self._step(matter, company, "prove", evidence=[paper(matter.word)], note=f"已返工 {matter.word}")
        return matter

    def _verified(self, letter: str) -> Matter:
        matter = self._proven(letter)
        self._step(matter, self.officer, "verify", checked_on=TODAY, finding=f"不再漏水 {matter.word}")
        return matter

    def _step(self, matter: Matter, by: Actor, verb: str, **data: Any) -> None:
        advance(proceeding=housing_of(matter.case).id, verb=verb, by=by, now=RECENTLY, data=data)

    def _due(
        self, matter: Matter, verb: str, sent: Mapping[str, Any], *takers: str, by_loop: bool = False
    ) -> Matter:
        """Whoever may take the step, by their names."""
        named = {f"{self.world.key}-{name}" for name in takers}
        matter.verb, matter.sent, matter.by_loop, matter.takers = verb, sent, by_loop, frozenset(named)
        return matter


def photograph(name: str = "photo.jpg") -> SimpleUploadedFile:
    """A small plain picture."""
    buffer = BytesIO()
    Image.new("RGB", (64, 48), (180, 190, 200)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def paper(word: str) -> SimpleUploadedFile:
    """A paper that is stored as it is, with the word in its bytes."""
    return SimpleUploadedFile(f"{word}.pdf", f"%PDF-1.4\n% {word}\n%%EOF\n".encode(), "application/pdf")


def as_sent(matter: Matter) -> dict[str, str]:
    """What the form of the due step sends."""
    proceeding = matter.proceeding
    key = f"{proceeding.id}-{matter.verb}"
    fields = {f"{key}-{name}": value for name, value in _flat(matter.sent).items()}
    return {"step": key, f"{key}-expected_number": str(proceeding.last_step), **fields}


def as_json(matter: Matter) -> dict[str, Any]:
    """What a program sends for the due step."""
    proceeding = matter.proceeding
    data = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in matter.sent.items()}
    return {"proceeding": proceeding.id, "verb": matter.verb, "number": proceeding.last_step, "data": data}


def _flat(sent: Mapping[str, Any]) -> dict[str, str]:
    """The company is chosen among those of the building."""
    return {("company_chosen" if key == "company" else key): str(value) for key, value in sent.items()}
