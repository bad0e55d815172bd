"""Connections that read beside the writer, each used by one thread at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from desktop.store.database.connection import Connection, SqlError, told
from desktop.store.disk.errors import VaultLocked

KEPT = 4


class Readers:
    """Lends a connection; keeps a few for the next who asks."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._idle: list[Connection] = []
        self._lent: set[Connection] = set()
        self._closed = False
        self.lent = 0  # times, by which whoever works beside the person knows that somebody is at work
        self._door = threading.Condition()

    @contextlib.contextmanager
    def lend(self) -> Iterator[Connection]:
        """All that is read within one `with` is one moment's state."""
        with self._lent_out() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    def rows(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """One statement, which is of one moment by itself."""
        with self._lent_out() as connection:
            found: list[tuple[object, ...]] = connection.execute(statement, values).fetchall()
        return found

    @contextlib.contextmanager
    def _lent_out(self) -> Iterator[Connection]:
        connection = self._take()
        whole = False
        try:
            yield connection
            whole = True
        except SqlError as error:
            raise told(error) from error
        finally:
            self._give_back(connection, keep=whole)

    def close(self) -> None:
        """Waits for those still reading; afterwards nobody can."""
        with self._door:
            self._closed = True
            self._door.wait_for(lambda: not self._lent)
            while self._idle:
                self._idle.pop().close()

    def _take(self) -> Connection:
        with self._door:
            if self._closed:
                raise VaultLocked
            connection = self._idle.pop() if self._idle else self._connect()
            self._lent.add(connection)
            self.lent += 1
        return connection

    def _give_back(self, connection: Connection, *, keep: bool) -> None:
        """One that met a damaged page stays unusable, so only those that came back well are lent again."""
        with self._door:
            self._lent.discard(connection)
            if keep and not self._closed and len(self._idle) < KEPT:
                self._idle.append(connection)
            else:
                connection.close()
            self._door.notify_all()
