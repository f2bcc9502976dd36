"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harmonizer_gui.score import Score

if TYPE_CHECKING:
    # Its schema would hold up the window, which needs only what was imported.
    from harmonizer_gui.files.project import Project


@dataclass(frozen=True)
class Imported:
    """A score from a file. Each of `notices` is one sentence about what did not fit.

    `project` is what a project file says besides, None for every other format.
    """

    score: Score
    notices: tuple[str, ...] = ()
    project: Project | None = None
