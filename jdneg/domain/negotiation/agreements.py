"""The old place of `jdneg.domain.agreements`, for `jdneg.commands.dossier`."""

from jdneg.domain.agreements import in_force

__all__ = ["in_force"]
