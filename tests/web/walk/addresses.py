"""Every address of the product, from the URL resolver, with every record that its parameters can name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

from web.walk.argument import Argument
from web.walk.arguments import arguments_for
from web.walk.people import City, Person

PARAMETER = re.compile(r"\(\?P<(\w+)>|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """A path to visit: its route, and the records that it names."""

    route: str
    path: str
    arguments: tuple[Argument, ...] = ()

    @classmethod
    def of(cls, route: str, arguments: tuple[Argument, ...] = ()) -> "Address":
        """The route with these arguments, in the order of its parameters."""
        return cls(route, _filled(route, arguments), arguments)

    def is_foreign_to(self, person: Person) -> bool:
        """Whether a record that it names is not the person's, or belongs to another record than the path says."""
        named = {one.word for one in self.arguments if one.word}
        return len(named) > 1 or not all(one.theirs(person) for one in self.arguments)

    @property
    def opens(self) -> frozenset[str]:
        """The words that whoever has this address may be shown: it holds a secret."""
        return frozenset[str]().union(*(one.opens for one in self.arguments))


def routes() -> list[str]:
    """Every route that the resolver knows, as it is written."""
    return sorted(set(_routes(get_resolver(), "")))


def addresses(route: str, city: City) -> list[Address]:
    """The route with every record of the city. Raises Unknown for a parameter that nobody told the walker of."""
    choices = [arguments_for(route, name, city) for name in _names(route)]
    return [Address.of(route, chosen) for chosen in product(*choices)]


def _names(route: str) -> list[str]:
    return [named or simple for named, simple in PARAMETER.findall(route)]


def _routes(resolver: URLResolver, above: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _routes(one, above + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield above + str(one.pattern)


def _filled(route: str, arguments: tuple[Argument, ...]) -> str:
    path = route
    for name, one in zip(_names(route), arguments, strict=True):
        path = re.sub(rf"\(\?P<{name}>[^)]*\)|<(?:\w+:)?{name}>", lambda _, one=one: one.value, path)
    return "/" + path.replace("^", "").replace("$", "")
