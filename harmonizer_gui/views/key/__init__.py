"""Key and chords: what is locked over which span, and how one says it."""
