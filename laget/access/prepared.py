"""A query that is asked the same way each time is compiled once: building it costs ten times what sending it does.

Django builds SQL anew for each request. Where a page's queries go through every room's sight, that is most of the time
of the page. `prepared` builds a query for a shape of actor and facts with stand-ins, keeps the SQL, and puts the real
values in. The sights are the same functions as ever; tests compare every prepared query with one built afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
from psycopg import Cursor

from laget.kernel.actor import Actor, Place

compare: Callable[[Any], bool] | None = None
"""Set by tests: whether a query, known by how it was compiled, is built afresh too, and must come out the same."""

_kept: dict[Build, dict[Any, _Compiled]] = {}
MOST = 200
"""Shapes kept of one query; one more, and they are built anew."""
_FIRST_DAY = datetime(2, 2, 2, tzinfo=UTC)
_MARK = 0x1A6E7 << 100

_ASKED = {
    Actor: tuple(one.name for one in fields(Actor) if one.name != "signed_in_at"),
    Place: tuple(one.name for one in fields(Place)),
}
"""What a query may lean on: all of an actor but when it signed in."""

Build = Callable[..., QuerySet[Any, Any]]


class NotTheSame(AssertionError):
    """A query depends on something that it was not given: it can't be prepared as it stands."""


@dataclass
class _StandIns:
    """One value that stands for each real one, while the query is built."""

    real: dict[Any, Any] = field(default_factory=dict)
    facts: list[Any] = field(default_factory=list)
    _known: dict[Any, Any] = field(default_factory=dict)

    def of(self, value: Any) -> Any:
        """The stand-in of an id, a day, a moment, of several of them, or of an actor; anything else is itself."""
        if isinstance(value, tuple | list):
            return tuple(self.of(one) for one in value)
        if isinstance(value, Actor | Place):
            others: dict[str, Any] = {name: self.of(getattr(value, name)) for name in _ASKED[type(value)]}
            return type(value)(**others)
        if not isinstance(value, UUID | date):
            return value
        key = (type(value), value)
        if key not in self._known:
            made = _made(value, len(self._known) + 1)
            self._known[key] = made
            self.real[made] = value
        return self._known[key]

    def fact(self, value: Any) -> Any:
        """As `of`, for what the query must use as it was given."""
        made = self.of(value)
        self.facts += made if isinstance(made, tuple) else [made] if made in self.real else []
        return made


def _made(value: UUID | date, number: int) -> Any:
    if isinstance(value, UUID):
        return UUID(int=_MARK + number)
    moment = _FIRST_DAY + timedelta(days=number)
    return moment if isinstance(value, datetime) else moment.date()


def _shape(value: Any, known: dict[Any, int]) -> Any:
    """What two values must share to be asked about by the same SQL.

    Of an actor that is everything but which person, positions, services and units: a role that is added to `Place`
    parts those who have it from those who have not, without a word here.
    """
    if isinstance(value, Actor | Place):
        return tuple(_shape(getattr(value, name), known) for name in _ASKED[type(value)])
    if isinstance(value, tuple | list):
        return tuple(_shape(one, known) for one in value)
    if isinstance(value, UUID | date):
        return type(value), known.setdefault((type(value), value), len(known))
    return value


class _Compiled:
    """SQL with places for the real values, and how its rows become what the query gives."""

    def __init__(self, build: Build, given: Sequence[Any]) -> None:
        stand = _StandIns()
        query = build(*(stand.of(one) if isinstance(one, Actor) else stand.fact(one) for one in given))
        self._iterable, self._model = query._iterable_class, query.model
        compiler = query.query.get_compiler(using=query.db)
        self.sql, places = _compiled(compiler)
        order = {made: number for number, made in enumerate(stand.real)}
        self._values = [(order.get(one), one) if _hashable(one) else (None, one) for one in places]
        unused = [one for one in stand.facts if one not in places]
        if self.sql and unused:
            raise NotTheSame(f"{build.__qualname__} does not use what it was given as it was given")
        self._rows = self._reader(compiler)

    def given(self, values: Sequence[Any]) -> list[Any]:
        """The parameters, with the real values where the stand-ins are."""
        return [one if number is None else values[number] for number, one in self._values]

    def rows(self, parameters: list[Any]) -> list[Any]:
        if not self.sql:
            return []
        with _planned_once() as cursor:
            cursor.execute(self.sql, parameters)
            return list(self._rows([cursor.fetchall()]))

    def _reader(self, compiler: Any) -> Callable[[Any], Iterable[Any]]:
        if not self.sql:
            return lambda _results: ()
        reader = _only_reading(compiler)
        if self._iterable is FlatValuesListIterable:
            return lambda results: (row[0] for row in reader.results_iter(results))
        if self._iterable is not ModelIterable:
            return lambda results: reader.results_iter(results, tuple_expected=True)
        return self._models(compiler, reader)

    def _models(self, compiler: Any, reader: Any) -> Callable[[Any], Iterable[Any]]:
        """As Django's own reader of models does it."""
        model, alias = self._model, connection.alias
        first, last = compiler.klass_info["select_fields"][0], compiler.klass_info["select_fields"][-1] + 1
        names = [one[0].target.attname for one in compiler.select[first:last]]
        populators = get_related_populators(compiler.klass_info, compiler.select, alias)  # type: ignore[call-arg]
        annotations = list((compiler.annotation_col_map or {}).items())

        def read(results: Any) -> Iterator[Any]:
            for row in reader.results_iter(results):
                made = model.from_db(alias, names, row[first:last])
                for populator in populators:
                    populator.populate(row, made)
                for name, place in annotations:
                    setattr(made, name, row[place])
                yield made

        return read


class _Cursor(Cursor[Any]):
    """The values go beside the statement, so that the server knows it again and keeps its plan with the connection."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        super().execute(query, params, **how)
        # The driver forgets what it asked when that was prepared; Django's own account of statements wants it.
        self._query = self._query or self._convert_query(query, params)
        return self


def _planned_once() -> Any:
    own: Any = connection
    own.ensure_connection()
    return own._prepare_cursor(_Cursor(own.connection))


def _compiled(compiler: Any) -> tuple[str, tuple[Any, ...]]:
    """No SQL when the query can't find anything, such as among no positions."""
    try:
        sql, places = compiler.as_sql()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(places)


def _only_reading(compiler: Any) -> Any:
    """The compiler as what turns rows into values, without the trees it was built from: of one query up to megabytes.

    It asks nothing, so threads share it.
    """
    selected = compiler.select[: compiler.col_count]
    turned = compiler.get_converters([one[0] for one in selected])
    reader = copy(compiler)
    vars(reader).update(dict.fromkeys(vars(reader).keys() - {"connection", "using", "col_count"}))
    reader.select = [(one[0] if number in turned else None,) for number, one in enumerate(selected)]
    return reader


def _hashable(value: Any) -> bool:
    return isinstance(value, UUID | date)


def prepared(build: Build) -> Callable[..., list[Any]]:
    """Make a function that builds a query into one that gives its rows, and builds it once for each shape.

    The function takes an actor, ids, days, moments, or tuples of them, and uses each as it is given: it reads no clock
    and computes with nothing. (Now() in the query is the database's clock.) Strings and numbers are part of the shape,
    so what people type is never among them.
    """

    @wraps(build)
    def rows(*given: Any) -> list[Any]:
        known: dict[Any, int] = {}
        shape = tuple(_shape(one, known) for one in given)
        compiled = _of_shape(build, shape, given)
        values = [value for _type, value in known]
        parameters = compiled.given(values)
        if compare is not None and compare(compiled):
            _same(build, given, compiled, parameters)
        return compiled.rows(parameters)

    return rows


def _of_shape(build: Build, shape: Any, given: Sequence[Any]) -> _Compiled:
    """What is kept for this shape, or is from now on. Two threads may build the same at once: either will do."""
    kept = _kept.setdefault(build, {})
    compiled = kept.get(shape)
    if compiled is None:
        if len(kept) >= MOST:
            kept.clear()
        compiled = kept[shape] = _Compiled(build, given)
    return compiled


def _same(build: Build, given: Sequence[Any], compiled: _Compiled, parameters: list[Any]) -> None:
    query = build(*given)
    fresh = _compiled(query.query.get_compiler(using=query.db))
    if fresh != (compiled.sql, tuple(parameters)):
        raise NotTheSame(f"{build.__qualname__} built afresh asks something else than what was prepared")
