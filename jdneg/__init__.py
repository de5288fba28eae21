"""jdneg: a private, local assistant for negotiating consumer debt."""

__version__ = "0.1.0"
