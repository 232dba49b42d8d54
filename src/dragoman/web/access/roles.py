"""Roles: what somebody may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = ("reader", "reviewer", "admin")  # each may do what those before it may
Via = Literal["local", "session", "key"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a name, a role, and how we know."""

    name: str
    role: Role
    via: Via

    def may(self, role: Role) -> bool:
        """Whether a role's rights are among this one's."""
        return ROLES.index(self.role) >= ROLES.index(role)
