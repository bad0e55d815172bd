"""The same desk over a real store as the flows have."""

from tests.desktop.flows.conftest import clock, desk, reopen

__all__ = ["clock", "desk", "reopen"]
