"""A figure, its limit, and whether it was met."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """Prints each figure as it is found."""

    missed: list[str] = field(default_factory=list)

    def at_most(self, name: str, value: float, limit: float, unit: str = "times the peer") -> None:
        self._judge(name, f"{value:.2f} {unit}", f"at most {limit:g}", is_met=value <= limit)

    def exactly(self, name: str, value: object, wanted: object) -> None:
        self._judge(name, str(value), f"{wanted}", is_met=value == wanted)

    def said(self, name: str, value: str) -> None:
        print(f"  {name:66} {value}", flush=True)

    def absent(self, name: str, why: str) -> None:
        self._judge(name, "not measured", why, is_met=False)

    def _judge(self, name: str, value: str, limit: str, *, is_met: bool) -> None:
        print(f"  {name:66} {value:>24}   limit {limit}: {'met' if is_met else 'MISSED'}", flush=True)
        if not is_met:
            self.missed.append(name)
