"""`among(column, "ids")`: the column is one of a list, which is one value of the statement however long it is. The text
of the statement stays the same, so that it is put together and planned once; SQLite has no limit to it either."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, String, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Boolean, TypeDecorator, TypeEngine


class _Listed(TypeDecorator[list[Any]]):
    """An array on PostgreSQL, the same as JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, *, of_numbers: bool) -> None:
        super().__init__()
        self.of_numbers = of_numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        each: TypeEngine[Any] = BigInteger() if self.of_numbers else String()
        return Text() if dialect.name == "sqlite" else dialect.type_descriptor(ARRAY(each))

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        return json.dumps(value) if dialect.name == "sqlite" else value


class _Among(GenericFunction[bool]):
    """Written as neither database's function: below."""

    type = Boolean()
    inherit_cache = True
    name = "homeward_among"

    def self_group(self, against: OperatorType | None = None) -> Any:
        """Stands beside AND as it is: SQLite would else be asked whether it equals 1, and pass its index over."""
        return self


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    listed = bindparam(name, type_=_Listed(of_numbers=isinstance(column.type, BigInteger)))
    return _Among(column, listed)


@compiles(_Among, "postgresql")
def _is_any(found: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, listed = (compiler.process(each, **options) for each in found.clauses)
    return f"{column} = ANY ({listed})"


@compiles(_Among, "sqlite")
def _is_in(found: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, listed = (compiler.process(each, **options) for each in found.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 - both are the compiler’s own words
