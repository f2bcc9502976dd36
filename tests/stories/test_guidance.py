"""What the user tells the experts is named and undone in the window; what the model does without is said."""

from __future__ import annotations

from harmonizer_gui.engine.guidance import FAVOUR, NO_GUIDANCE
from harmonizer_gui.engine.requests import Remark
from harmonizer_gui.score import VoiceName
from tests.qt import wait_until
from tests.stories.conftest import Story


def test_a_stroke_is_told_and_undone(story: Story) -> None:
    document, window = story.program.document, story.program.window
    document.set_guidance("Favour 2 cells", NO_GUIDANCE.paint(VoiceName.ALTO, [(0, 60), (1, 60)], FAVOUR))
    assert window.status == "Favour 2 cells · undo with Ctrl+Z"
    wait_until(lambda: story.model.analyses[-1].guidance == document.guidance)
    story.trigger("undo")
    assert document.guidance == NO_GUIDANCE
    assert window.status.startswith("Undone: Favour 2 cells")


def test_an_expert_that_is_switched_off_is_named_in_the_message_bar(story: Story) -> None:
    story.model.remarks.append(Remark("the expert “x” is switched off: it is no good", "Traceback"))
    story.program.document.set_target(VoiceName.TENOR)
    bar = story.program.window.messages
    wait_until(lambda: bar.texts == ["The expert “x” is switched off: it is no good."])
    assert bar.isVisible()
