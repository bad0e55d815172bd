"""The journeys walked through the real window, unseen: what `make run` does where there is no display."""

from desktop.demo.walk.journey import walk

__all__ = ["walk"]
