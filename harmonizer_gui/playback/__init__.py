"""Sound: what is to be heard when, and where it goes. MIDI ports, and a synth of our own."""
