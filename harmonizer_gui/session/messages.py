"""What the program tells the user without stopping them: one line for the message bar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    INFO = "info"
    """Something was done."""
    NOTICE = "notice"
    """Something was done, but not quite as asked."""
    PROBLEM = "problem"
    """Something could not be done."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the user; `details` is for “copy details”, and may be empty."""

    text: str
    severity: Severity = Severity.INFO
    details: str = ""
