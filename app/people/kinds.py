"""What may be done to people and the handhelds they carry."""

from app.people.operations import exclude, save_person
from app.pipeline.operation import Kind

KINDS: tuple[Kind, ...] = (save_person.KIND, exclude.EXCLUDE, exclude.INCLUDE)
