"""The learned experts: four networks, each in a frame of its own."""
