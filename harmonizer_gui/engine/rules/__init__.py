"""The experts that need no training: a singer's range, voice leading, and the key."""
