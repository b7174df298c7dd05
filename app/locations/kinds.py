"""What may be done to a site and its places."""

from app.locations.operations import save_location, save_site, save_zone
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (save_site.KIND, save_zone.KIND, save_location.KIND)
