"""What people of the bodies write to each other: instructions, notes and mentions, and whose they are."""

from web.walk.argument import Argument
from web.walk.people import City
from zhicheng.cases.models import HotSpotAlert
from zhicheng.core.access import Role
from zhicheng.ground.instructions.models import Instruction
from zhicheng.ground.notes.models import Mention, Note

DESK = (Role.CLERK, Role.OFFICER, Role.LEADER)
STAFF = (*DESK, Role.CALLER)


def instructed(route: str, city: City) -> list[Argument]:
    """The records on which instructions are written: their leaders' alone."""
    return [
        Argument(
            str(world.matters["accepted"].case.id), world.matters["accepted"].word,
            lambda person, name=f"{world.key}-leader": person.name == name,
        )
        for world in city.worlds.values()
    ]  # fmt: skip


def instructions(route: str, city: City) -> list[Argument]:
    """The instruction of each world: read by the people of the bodies that see its case."""
    found = []
    for instruction in Instruction.objects.all():
        word = next(
            one.word for world in city.worlds.values() for one in world.matters.values()
            if one.case.id == instruction.about_id
        )  # fmt: skip
        theirs = lambda person, word=word: word in person.cases and person.role in DESK  # noqa: E731
        found.append(Argument(str(instruction.pk), word, theirs))
    return found


def notes(route: str, city: City) -> list[Argument]:
    """The note on a matter of each world: read by the people of the bodies that see its case."""
    return [
        Argument(
            str(Note.objects.get(about_id=world.matters["accepted"].case.id).pk), world.matters["accepted"].word,
            lambda person, word=world.matters["accepted"].word: word in person.cases and person.role in STAFF,
        )
        for world in city.worlds.values()
    ]  # fmt: skip


def mentions(route: str, city: City) -> list[Argument]:
    """The mention of each world: of its clerk, and nobody else's."""
    return [
        Argument(
            str(one.pk), theirs=lambda person, user=one.user_id: person.user is not None and person.user.pk == user
        )
        for one in Mention.objects.order_by("pk")
    ]


def alerts(route: str, city: City) -> list[Argument]:
    """The alert of each world, which names its estate: read by the staff who see its cases."""
    found = []
    for world in city.worlds.values():
        alert = HotSpotAlert.objects.get(body=world.body)
        theirs = lambda who, word=world.matters["received"].word: word in who.cases and who.role in STAFF  # noqa: E731
        found.append(Argument(str(alert.pk), world.site_word, theirs))
    return found
