"""Reads an address: which rows of a list it asks for, in which order, from which place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from zhicheng.core.access import Actor
from zhicheng.core.refused import Refused
from zhicheng.ground.ui.lists.filters import Filter
from zhicheng.ground.ui.lists.paging import Place, read_place
from zhicheng.ground.ui.lists.sorting import Sort, read_sort
from zhicheng.ground.ui.lists.spec import RecordList
from zhicheng.ground.ui.templatetags.house import sentence


class FilterForm(forms.Form):
    """The filters of a list as one form; what is wrong with a filter leaves the others standing."""

    use_required_attribute = False

    def __init__(self, filters: tuple[Filter, ...], actor: Actor, params: Mapping[str, str]) -> None:
        super().__init__(params, auto_id="filter_%s")
        self._filters = filters
        self._actor = actor
        self.conditions: list[Q] = []
        for one in filters:
            self.fields.update(one.fields(actor))

    def clean(self) -> dict[str, Any]:
        """Gathers the condition of every filter that is set and makes sense."""
        for one in self._filters:
            values = {name: self.cleaned_data.get(name) for name in one.names}
            if any(values.values()) and not any(name in self.errors for name in one.names):
                self._add(one, values)
        return self.cleaned_data

    def _add(self, one: Filter, values: Mapping[str, Any]) -> None:
        try:
            self.conditions.append(one.condition(values, self._actor))
        except Refused as refused:
            self.add_error(one.names[0], sentence(refused.message, refused.params))


@dataclass(frozen=True)
class Reading:
    """What an address asks of a list: the rows that its filters leave, their order, and the filters themselves."""

    rows: QuerySet[Any]
    sort: Sort
    form: FilterForm
    scope: str
    query: str
    """The filters that are set, and the sort, as the shortest address: what a saved view keeps."""
    given: dict[str, str]
    """The values of the filters that are set."""

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.given)

    def place(self, params: Mapping[str, str]) -> Place:
        """Where the page begins. Raises BadCursor and BadPage."""
        return read_place(params, self.scope)


def read_list(spec: RecordList[Any], actor: Actor, params: Mapping[str, str]) -> Reading:
    """What `params` ask for, within what the actor may see. Raises UnknownSort."""
    rows: QuerySet[Model] = spec.rows(actor)
    sort = read_sort(spec, params.get("sort", ""), rows.model)
    form = FilterForm(spec.filters, actor, params)
    form.is_valid()
    given = {name: params[name] for name in form.fields if params.get(name)}
    for condition in form.conditions:
        rows = rows.filter(condition)
    return Reading(rows, sort, form, f"{spec.key}:{sort.word}", _query(spec, given, sort), given)


def _query(spec: RecordList[Any], given: Mapping[str, str], sort: Sort) -> str:
    query = QueryDict(mutable=True)
    query.update(dict(given))
    if sort.word != spec.default_sort:
        query["sort"] = sort.word
    return query.urlencode()
