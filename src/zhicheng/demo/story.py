"""The course of one invented complaint: the same services that people use, at invented times.

A story stops where its next step would lie in the future; so the inboxes of the demonstration are alive.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from zhicheng.cases.api import Case, housing_of, invited_company, loop_of, reporter_of
from zhicheng.core.access import Actor
from zhicheng.demo.people import Staff
from zhicheng.ground.packs.api import working_calendar
from zhicheng.ground.parties.api import Organization
from zhicheng.ground.proceedings.api import Proceeding, Step, advance, lapse


class Unfinished(Exception):
    """The next step of the story lies in the future, or is the one that is to wait."""


@dataclass
class Story:
    """One case and everybody who acts in it; `at` is the story's own clock.

    A story that `waits_for` a step takes the straight way there, and leaves the step to whoever logs in.
    """

    case: Case
    staff: Staff
    caller: Actor
    companies: tuple[Organization, ...]
    random: Random
    at: datetime
    until: datetime
    waits_for: str = ""

    def play(self) -> None:
        """Lets the case take its course until it ends or the future begins."""
        try:
            self._handle()
            self._call_back()
        except Unfinished:
            return

    def _handle(self) -> None:
        if self._happens(0.05):
            self._step(
                self.staff.clerk,
                "reject",
                1,
                {"ground": "warranty_over", "reason": "已超过保修期限，且不涉及主体结构。"},
            )
            return
        if self._happens(0.03):
            self._step(reporter_of(self.case), "retract", 1, {"reason": "开发商已经来修好了。"})
            return
        self._step(self.staff.clerk, "accept", self.random.choice((0, 1, 1, 2, 4)))
        if self.waits_for == "dismiss" or self._happens(0.05):
            self._step(
                self.staff.officer, "request_dismiss", 6, {"finding": "现场检测未发现问题，系装修改动所致。"}
            )
            self._step(self.staff.leader, "dismiss", 1)
            return
        self._rectify()

    def _rectify(self) -> None:
        company = self.companies[0] if self.waits_for else self.random.choice(self.companies)
        self._order(company, days=self.random.randint(3, 12))
        if self._happens(0.05):
            self._step(
                invited_company(self.case, company), "request_object", 2, {"reason": "该部位由其他单位施工。"}
            )
            self._step(self.staff.officer, "object", 2)
            company = self.companies[1]
            self._order(company, days=3)
        answering = invited_company(self.case, company)
        if self._happens(0.1):
            self._promise(answering, within=6)
            self._break()
        self._promise(answering, within=self.random.randint(8, 20))
        self._prove(answering, days=self.random.randint(2, 7))
        if self._happens(0.12):
            due_on = (self.at + timedelta(days=30)).date()
            self._step(self.staff.officer, "refuse", 2, {"reason": "蓄水试验仍有渗漏，返工。", "due_on": due_on})
            self._promise(answering, within=10)
            self._prove(answering, days=4)
        checked = {"finding": "蓄水试验四十八小时无渗漏，住户确认。"}
        self._move_on(self.random.randint(1, 5))
        self._step(self.staff.officer, "verify", 0, {**checked, "checked_on": self.at.date()})

    def _order(self, company: Organization, days: int) -> None:
        self._move_on(days)
        cause = self.random.choice(("workmanship", "step_skipped", "design_detail", "substandard", "curing"))
        self._step(
            self.staff.officer, "order", 0,
            {"cause": cause, "company": company.id, "due_on": (self.at + timedelta(days=45)).date(),
             "requirement": "查明渗漏部位，按规范返工，并作蓄水试验。"},
        )  # fmt: skip

    def _promise(self, company: Actor, within: int) -> None:
        self._move_on(1)
        promised_on = min((self.at + timedelta(days=within)).date(), self._due_on())
        self._step(company, "promise", 0, {"promised_on": max(promised_on, self.at.date())})

    def _due_on(self) -> date:
        """The day that the latest order gives."""
        orders = Step.objects.filter(proceeding=self._housing(), verb__in=("order", "refuse"))
        return date.fromisoformat(orders.latest("number").data["due_on"])

    def _break(self) -> None:
        self._move_on(8)
        lapse(self._housing().id, now=self.at)

    def _prove(self, company: Actor, days: int) -> None:
        self._step(
            company, "prove", days, {"evidence": [photograph(self.random)], "note": "已按要求返工，附照片。"}
        )

    def _call_back(self) -> None:
        loop = loop_of(self.case)
        if self._happens(0.12):
            self._take(loop, self.caller, "try_again", 1)
        if self._happens(0.05):
            self._take(loop, self.caller, "dispute", 1, {"reason": "下雨后又渗水了。"})
            self._step(self.staff.clerk, "accept", 1)
            self._rectify()
            self._call_back()
            return
        outcome = self.random.choice(("satisfied",) * 7 + ("rather_satisfied",) * 2)
        self._take(loop, self.caller, "call", 1, {"outcome": outcome, "remark": "住户表示已处理。"})

    def _happens(self, chance: float) -> bool:
        """Whether the story leaves the straight way."""
        return not self.waits_for and self.random.random() < chance

    def _step(self, by: Actor, verb: str, days: int, data: dict[str, Any] | None = None) -> None:
        self._take(self._housing(), by, verb, days, data)

    def _take(
        self, proceeding: Proceeding, by: Actor, verb: str, days: int, data: dict[str, Any] | None = None
    ) -> None:
        if verb == self.waits_for:
            raise Unfinished
        self._move_on(days)
        advance(proceeding=proceeding.id, verb=verb, by=by, now=self.at, data=data or {})

    def _housing(self) -> Proceeding:
        return housing_of(self.case)

    def _move_on(self, days: int) -> None:
        later = max(
            self.at + timedelta(minutes=self.random.randint(5, 50)),
            (self.at + timedelta(days=days)).replace(
                hour=self.random.randint(1, 9), minute=self.random.randrange(60)
            ),
        )
        while days and not working_calendar().is_working_day(later.date()):
            later += timedelta(days=1)
        if later > self.until:
            raise Unfinished
        self.at = later


def photograph(random: Random) -> SimpleUploadedFile:
    """An invented photograph: a plain picture, because a real one would show somebody's home."""
    picture = Image.new("RGB", (480, 360), (random.randint(150, 220), random.randint(150, 220), 190))
    buffer = BytesIO()
    picture.save(buffer, "JPEG")
    return SimpleUploadedFile("photo.jpg", buffer.getvalue(), "image/jpeg")
