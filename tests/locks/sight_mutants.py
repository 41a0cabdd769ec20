"""Faults put into the Python lock: each condition of each sight is left out, turned or narrowed, one at a time.

What the sights call is found by watching them, so that a new sight or a helper in a new file is mutated without being
listed. A fault is put in by exchanging the code of the function itself: whoever has imported it has the fault too.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from django.db import models
from django.db.models import Q

from laget.kernel.actor import Actor

ROOT = "/laget/"
# What is asked of the actor, of settings and of the clock is no condition of a sight.
NOT_MUTATED = ("laget.kernel", "laget.access", "laget.guide", "laget.law", "laget.site", "laget.design")
CONDITIONS = {"filter", "exclude", "Q"}
IN_FORCE = {"in_force", "current"}
EVERYTHING = ast.parse("_Everything()", mode="eval").body
Sight = Callable[[Actor], "models.QuerySet[Any]"]


@dataclass(frozen=True)
class Mutant:
    """One fault: where and what, and the code that has it."""

    function: FunctionType
    what: str
    code: CodeType
    reaches: tuple[type[models.Model], ...]

    def __str__(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}: {self.what}"

    @contextmanager
    def living(self) -> Iterator[None]:
        before = self.function.__code__
        self.function.__globals__["_Everything"] = Q
        self.function.__code__ = self.code
        try:
            yield
        finally:
            self.function.__code__ = before


def mutants(sights: Mapping[type[models.Model], Sight], shapes: list[Actor]) -> list[Mutant]:
    """Every fault in every function that a sight calls for one of these shapes of actor."""
    reached: dict[FunctionType, dict[type[models.Model], None]] = defaultdict(dict)
    for model, sight in sights.items():
        for actor in shapes:
            for function in _called(sight, actor):
                reached[function][model] = None
    made = []
    for function, reaches in sorted(reached.items(), key=lambda one: (one[0].__module__, one[0].__qualname__)):
        made += [Mutant(function, what, code, tuple(reaches)) for what, code in _faulty(function)]
    return made


def _called(sight: Sight, actor: Actor) -> set[FunctionType]:
    codes: set[CodeType] = set()

    def watch(frame: Any, event: str, _: Any) -> None:
        if event == "call" and ROOT in frame.f_code.co_filename:
            codes.add(frame.f_code)

    sys.setprofile(watch)
    try:
        str(sight(actor).order_by().query.where)
    finally:
        sys.setprofile(None)
    return {found for code in codes if (found := _function(code)) is not None}


def _function(code: CodeType) -> FunctionType | None:
    module = inspect.getmodule(code)
    if module is None or module.__name__.startswith(NOT_MUTATED) or ".tests" in module.__name__:
        return None
    found: Any = module
    for name in code.co_qualname.split("."):
        found = getattr(found, name, None)
    found = getattr(found, "__func__", found)
    whole = isinstance(found, FunctionType) and found.__code__ is code and not code.co_freevars
    return found if whole else None


def _faulty(function: FunctionType) -> Iterator[tuple[str, CodeType]]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list, definition.returns = [], None
    for argument in ast.walk(definition):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    for number, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            copy = deepcopy(tree)
            old = next(one for at, one in enumerate(ast.walk(copy)) if at == number)
            faulty = ast.fix_missing_locations(_Exchange(old, change(old)).visit(copy))
            yield what, _code(faulty, function.__name__)


def _code(tree: ast.Module, name: str) -> CodeType:
    compiled = compile(tree, f"<a fault in {name}>", "exec", dont_inherit=True)
    return next(one for one in compiled.co_consts if isinstance(one, CodeType) and one.co_name == name)


class _Exchange(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else super().generic_visit(node)


Change = Callable[[Any], ast.AST]


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """What may be wrong with one node: (in words, the node that stands there instead)."""
    match node:
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr()):
            yield f"only what is before {_sign(node)} in «{ast.unparse(node)}»", lambda old: old.left
            yield f"only what is after {_sign(node)} in «{ast.unparse(node)}»", lambda old: old.right
        case ast.UnaryOp(op=ast.Invert()):
            yield f"without «{ast.unparse(node)}»", lambda old: deepcopy(EVERYTHING)
        case ast.IfExp():
            yield f"always «{ast.unparse(node.body)}»", lambda old: old.body
            yield f"always «{ast.unparse(node.orelse)}»", lambda old: old.orelse
        case ast.If():
            yield f"as if «{ast.unparse(node.test)}»", lambda old: _with(old, test=ast.Constant(True))
            yield f"as if not «{ast.unparse(node.test)}»", lambda old: _with(old, test=ast.Constant(False))
        case ast.List(elts=several, ctx=ast.Load()) | ast.Tuple(elts=several, ctx=ast.Load()) if len(several) > 1:
            for at, one in enumerate(several):
                yield f"without {ast.unparse(one)} in the list", lambda old, at=at: _with(old, elts=_less(old.elts, at))
        case ast.Call():
            yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[tuple[str, Change]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in IN_FORCE:
        yield f"without {name}()", lambda old: old.func.value
    if name == "exclude":
        yield f"without «{ast.unparse(node).partition('.exclude')[2]}» excluded", lambda old: old.func.value
    elif name in CONDITIONS:
        for at, one in enumerate(node.args):
            yield f"{name} without «{ast.unparse(one)}»", lambda old, at=at: _with(old, args=_less(old.args, at))
        for at, one in enumerate(node.keywords):
            what = f"{name} without «{ast.unparse(one)}»"
            yield what, lambda old, at=at: _with(old, keywords=_less(old.keywords, at))


def _sign(node: ast.BinOp) -> str:
    return "and" if isinstance(node.op, ast.BitAnd) else "or"


def _less(several: list[Any], at: int) -> list[Any]:
    return [one for place, one in enumerate(several) if place != at]


def _with(node: ast.AST, **changed: Any) -> ast.AST:
    for name, value in changed.items():
        setattr(node, name, value)
    return node
