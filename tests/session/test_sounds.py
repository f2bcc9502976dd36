from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.files.project_schema import Content
from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.sounds import PLAIN, Sound, Sounds, sound_values, sounds_of

sound = st.builds(
    Sound,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 127),
    st.none() | st.text(max_size=5),
)
all_sounds = st.builds(Sounds, st.tuples(sound, sound, sound, sound))


@given(all_sounds)
def test_what_is_kept_comes_back_and_fits_the_schema(sounds: Sounds) -> None:
    values = sound_values(sounds)
    assert sounds_of(values) == sounds
    if values is not None:
        Content.model_fields["sounds"].annotation.model_validate(values)  # type: ignore[union-attr]


def test_nothing_is_kept_of_what_is_as_usual() -> None:
    assert sound_values(PLAIN) is None
    assert sounds_of(None) == PLAIN


@given(all_sounds)
def test_muted_voices_are_silent_and_so_are_all_that_are_not_solo(sounds: Sounds) -> None:
    for voice in VoiceName:
        one = sounds.of(voice)
        alone = one.soloed or not any(each.soloed for each in sounds.voices)
        assert (voice in sounds.silent) is (one.muted or not alone)


def test_a_switch_goes_there_and_back() -> None:
    for switch in ("muted", "soloed", "hidden"):
        there = Sound().toggled(switch)
        assert getattr(there, switch)
        assert there.toggled(switch) == Sound()


def test_a_mute_is_an_undo_step_and_changes_the_piece() -> None:
    document = Document()
    sounds = PLAIN.with_voice(VoiceName.ALTO, Sound(muted=True))
    changes: list[Change] = []
    document.changed.connect(changes.append)
    document.set_sounds("Mute the alto", sounds)
    assert document.sounds.muted == {VoiceName.ALTO}
    assert document.is_dirty
    assert document.undo_stack.undoText() == "Mute the alto"
    document.undo()
    assert document.sounds == PLAIN
    assert [change.sounds for change in changes] == [True, True]
    assert not any(change.score for change in changes)
