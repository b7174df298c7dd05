"""Who may be given which work. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from app.kernel.problem import Problem
from app.people.models import FLOOR_ROLES
from app.pipeline.operation import Kind

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


def is_handwork(kind: Kind) -> bool:
    """Tell whether it may come out of a handheld; a desk's decisions and our own may not."""
    return not kind.roles or not kind.roles.isdisjoint(FLOOR_ROLES)
