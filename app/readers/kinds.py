"""What may be done about readers and what they read."""

from app.pipeline.operation import Kind
from app.readers.operations import bind, note_visit, register, revoke, settle

KINDS: tuple[Kind, ...] = (
    register.KIND,
    revoke.KIND,
    bind.KIND,
    note_visit.KIND,
    settle.KIND,
)
