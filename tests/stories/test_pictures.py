from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.views.roll.portrait import SHARPNESS, WIDEST, whole
from tests.qt import wait_until
from tests.stories.conftest import BAR, SCORE, Story


def export(story: Story, action: str, path: Path) -> None:
    story.dialogs.path = path
    story.trigger(action)
    wait_until(lambda: story.program.window.status == f"Wrote {path.name}", 20.0)


def colors(image: QImage) -> int:
    sampled = image.scaled(200, 100)
    return len({sampled.pixel(x, y) for x in range(200) for y in range(100)})


def test_what_is_seen_as_png(story: Story, tmp_path: Path) -> None:
    export(story, "picture-seen", tmp_path / "seen.png")
    image, view = QImage(str(tmp_path / "seen.png")), story.program.window.roll.coordinates
    assert image.width() >= view.width * SHARPNESS
    assert image.height() >= view.height * SHARPNESS
    assert colors(image) > 20
    story.program.heat.set_source("off")
    export(story, "picture-seen", tmp_path / "bare.png")
    assert QImage(str(tmp_path / "bare.png")).width() < image.width()


def test_the_whole_piece_as_svg(story: Story, tmp_path: Path) -> None:
    export(story, "picture-whole", tmp_path / "whole.svg")
    text = (tmp_path / "whole.svg").read_text("utf-8")
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    assert size
    width, height = map(float, size.groups())
    view = story.program.window.roll.coordinates
    assert width > SCORE.length * view.tick_width
    assert height > 100
    assert "<title>Four bars</title>" in text
    assert text.count("<path") + text.count("<rect") > 40
    assert "data:image/png" in text


def test_the_panels_of_the_experts(story: Story, tmp_path: Path) -> None:
    export(story, "picture-experts", tmp_path / "panels.svg")
    text = (tmp_path / "panels.svg").read_text("utf-8")
    for name in ("Simple", "Spacing", "Contour", "Beat", "Product"):
        assert f"<!-- {name} -->" in text
    assert story.dialogs.asked[-3:] == [".png", ".svg", ".pdf"]


def test_what_cannot_be_written_is_told(story: Story, tmp_path: Path) -> None:
    story.dialogs.path = tmp_path / "x.bmp"
    story.trigger("picture-whole")
    assert story.program.window.messages.texts == ["x.bmp: pictures are written as .png, .svg."]
    story.dialogs.path = tmp_path / "gone" / "x.png"
    story.trigger("picture-seen")
    wait_until(lambda: len(story.program.window.messages.texts) == 2)
    assert "x.png" in story.program.window.messages.texts[-1]


def test_no_path_no_picture(story: Story) -> None:
    story.dialogs.path = None
    story.trigger("picture-whole")
    assert story.program.window.messages.texts == []


@pytest.mark.parametrize("bars", [4, 4000])
def test_a_long_piece_is_made_to_fit(story: Story, bars: int) -> None:
    last = Note(BAR * bars - 480, 480, 72)
    score = Score().with_voice(VoiceName.SOPRANO, Voice((last,)))
    view = whole(story.program.window.roll.coordinates, score, (48, 84))
    assert view.width <= WIDEST + 1
    assert view.left == 0.0
