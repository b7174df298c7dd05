"""Who takes a handheld up, and what the server once vouched for."""

from app.proving.handheld import JSON
from app.proving.simulate.journals import Handed


def held_by(handed: Handed, person: str, grant: str | None) -> JSON:
    """Name a person to the app; without a grant there is only the badge."""
    badge = handed.badges[person]
    login = None
    if grant:
        login = {
            "device": handed.device,
            "person": {"id": person, "name": badge, "roles": list(handed.roles)},
            "grant": {"id": grant, "expires_at": handed.until},
        }
    return {"id": person, "badge": badge, "login": login}
