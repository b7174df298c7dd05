"""Who may be given which work. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from app.kernel.problem import Problem

OFFICE_ROLES = frozenset({"supervisor", "planner", "admin"})


@dataclass(eq=False)
class UnknownRole(Problem):
    """There is no such role."""

    code = "people.unknown_role"
    roles: tuple[str, ...]


@dataclass(eq=False)
class AdminOnly(Problem):
    """Only an administrator gives or takes the right to decide."""

    code = "people.admin_only"
    roles: tuple[str, ...]


def office_roles_moved(before: Collection[str], after: Collection[str]) -> tuple[str, ...]:
    """Name the deciding roles that somebody gains or loses."""
    return tuple(sorted((set(before) ^ set(after)) & OFFICE_ROLES))
