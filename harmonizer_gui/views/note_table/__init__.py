"""The notes as a table, for screen readers and for numbers."""

from harmonizer_gui.views.note_table.panel import NoteTable

__all__ = ["NoteTable"]
