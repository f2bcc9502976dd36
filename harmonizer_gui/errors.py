"""What all errors meant for the user have in common."""

from __future__ import annotations


class UserError(Exception):
    """Something the user asked for cannot be done. Its text is one sentence for them to read."""
