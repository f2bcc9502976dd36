from __future__ import annotations

from itertools import pairwise

from harmonizer_gui.score import KeySignature, Note, VoiceName
from harmonizer_gui.score.edits import lay_notes, set_sign
from tests.qt import wait_until
from tests.stories.conftest import BAR, Story


def texts(story: Story) -> list[str]:
    return [chord.text for chord in story.program.chording.strip.chords]


def test_the_chords_are_named_over_the_notes_and_follow_an_edit(story: Story) -> None:
    strip = story.program.chording.strip
    height = story.program.window.roll.notes_top
    assert not strip.isVisible()
    story.trigger("chords")
    assert story.program.window.roll.notes_top > height
    wait_until(lambda: len(texts(story)) == 4)
    first = texts(story)[0]
    chord = [Note(0, BAR, 67)]
    document = story.program.document
    score = lay_notes(document.score, VoiceName.ALTO, chord)
    score = lay_notes(score, VoiceName.TENOR, [Note(0, BAR, 64)])
    document.edit("Draw", score)
    wait_until(lambda: texts(story)[0] == "I")
    assert texts(story)[1] == first
    story.trigger("chords")
    assert not strip.isVisible()
    assert not story.settings.switch("chords", usual=True)


def test_a_change_of_key_renames_them(story: Story) -> None:
    story.trigger("chords")
    document = story.program.document
    score = document.score
    for voice, pitch in ((VoiceName.ALTO, 67), (VoiceName.TENOR, 64)):
        score = lay_notes(score, voice, [Note(0, 4 * BAR, pitch)])
    document.edit("Draw", score)
    wait_until(lambda: texts(story) == ["I"] * 4)
    document.edit("Key", set_sign(document.score, KeySignature(2 * BAR, -1)))
    wait_until(lambda: texts(story) == ["I", "I", "V", "V"])


def test_only_names_that_fit_are_painted(story: Story) -> None:
    story.trigger("chords")
    wait_until(lambda: len(texts(story)) == 4)
    strip = story.program.chording.strip
    assert len(strip.seen()) == 4
    places = [place for _, place in strip.seen()]
    assert all(left.right() <= right.left() for left, right in pairwise(places))
    strip.set_coordinates(strip.coordinates.at(left=BAR * 1.0))
    assert [chord.start for chord, _ in strip.seen()] == [BAR, 2 * BAR, 3 * BAR]


def test_rows_of_the_scale_are_switched_and_kept(story: Story) -> None:
    action = story.program.window.actions_["scale-rows"]
    assert action.isChecked()
    story.trigger("scale-rows")
    assert not story.settings.switch("scale-rows", usual=True)
