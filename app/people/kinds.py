"""What may be done to people."""

from app.people.operations import save_person
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (save_person.KIND,)
