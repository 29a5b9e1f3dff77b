"""What is said of cases between systems."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from zhicheng.cases.schemas import NeedOut, ProceedingOut
from zhicheng.core.typed import LARGEST_ID
from zhicheng.ground.files.api import Attachment

PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
WRITTEN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=PRINTABLE)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=WRITTEN)]
System = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")]
OPENING: JsonDict = {
    "category": "leak", "area": "370481001000", "title": "Water through the ceiling of the bathroom",
    "description": "Since the rain of last week water drips from the ceiling of the bathroom.",
    "place": "Building 3, unit 2, room 501", "reporter": {"name": "Wang", "phone": "13900000001"},
    "external": {"system": "jining-12345", "number": "20261123-0042"},
}  # fmt: skip


class ReporterIn(Schema):
    """Whoever reported the matter. Kept sealed, shown masked, and never given by the interface."""

    name: Annotated[Line, Field(max_length=60)] = ""
    phone: Annotated[Line, Field(max_length=30)] = ""
    email: Annotated[Line, Field(max_length=254)] = ""
    tell_progress: bool = False
    """Whether they agree to be told how the matter goes on; acceptance and end they are told in any case."""

    model_config = ConfigDict(extra="forbid")


class ExternalIn(Schema):
    """The matter's number in another system; one case has it, and nobody else."""

    system: System
    number: Annotated[Line, Field(min_length=1, max_length=60)]

    model_config = ConfigDict(extra="forbid")


class CaseIn(Schema):
    """A case to open. The place is `area` (its 12-digit code) or `site` (a building's id, which lies in one)."""

    category: Annotated[Line, Field(min_length=1, max_length=60)]
    description: Annotated[Text, Field(min_length=10, max_length=4000)]
    area: Annotated[str, Field(pattern=r"^[0-9]{12}$")] | None = None
    site: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    title: Annotated[Line, Field(max_length=120)] = ""
    place: Annotated[Line, Field(max_length=80)] = ""
    respondent: Annotated[Line, Field(max_length=120)] = ""
    reporter: ReporterIn = ReporterIn()
    kinds: Annotated[list[Annotated[Line, Field(max_length=40)]], Field(max_length=5)] = []
    told: dict[str, Any] = {}
    external: ExternalIn | None = None

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [OPENING]})


class OpenedOut(Schema):
    """The case that was opened, and the secret by which its reporter follows it on the portal."""

    number: str
    secret: str
    address: str


class FileOut(Schema):
    """A file of a case."""

    id: int
    name: str
    size: int

    @classmethod
    def of(cls, attachment: Attachment) -> "FileOut":
        """The file as the interface shows it; an erased one has no size."""
        size = attachment.file.size_bytes if attachment.file else 0
        return cls(id=attachment.pk, name=attachment.name, size=size)


class EndingOut(Schema):
    """How one proceeding of the case ended, by the key of its state and in words."""

    kind: str
    state: str
    label: str
    ended_at: datetime


class ExternalOut(Schema):
    """A case by its number elsewhere. `answer` says, once `closed`, how each proceeding ended."""

    system: str
    external_number: str
    number: str
    closed: bool
    proceedings: list[ProceedingOut]
    answer: list[EndingOut]


class ChangeOut(Schema):
    """One step of a proceeding that the caller may see."""

    case: str
    external_system: str
    external_number: str
    proceeding: int
    kind: str
    number: int
    verb: str
    from_state: str
    to_state: str
    at: datetime


class ChangesOut(Schema):
    """What happened since a cursor, the oldest first; ask again with `after`, even if there was nothing."""

    items: list[ChangeOut]
    after: str


class KindOut(Schema):
    """A proceeding that a category can lead to, and what has to be told (`told`) when it is opened."""

    kind: str
    label: str
    asks: list[NeedOut]


class CategoryOut(Schema):
    """A category that is offered at a place; its first kind is opened unless `kinds` names others."""

    code: str
    group: str
    zh: str
    en: str
    kinds: list[KindOut]
