"""Something to send to the product, and who may have it done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from web.walk.addresses import Address, addresses
from web.walk.people import City, Person
from zhicheng.core.access import Role

May = Callable[[Person], bool]
Make = Callable[[str, City], Iterator["Post"]]


@dataclass(frozen=True)
class Post:
    """Something to send. `may` says who has it done; nothing is written for anybody else. None: not said."""

    address: Address
    data: dict[str, Any] = field(default_factory=dict)
    may: May | None = None
    json: bool = False


def nobody(person: Person) -> bool:
    """The step is nobody's."""
    return False


def sent(may: May | None = None, **data: Any) -> Make:
    """The same values wherever the route leads; with `may`, only who may and is no stranger has it done."""

    def make(route: str, city: City) -> Iterator[Post]:
        for address in addresses(route, city):
            own = None if may is None else lambda one, a=address: may(one) and not a.is_foreign_to(one)
            yield Post(address, data, own)

    return make


def among(*roles: Role) -> May:
    """Whoever has one of the roles."""
    return lambda person: person.role in roles
