"""The furnished morning, for batteries that need many fresh sites."""

from tests.properties.conftest import morning

__all__ = ["morning"]
