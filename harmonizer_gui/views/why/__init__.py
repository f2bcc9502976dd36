"""Why this note, and what proofreading finds: the docks of explanations."""
