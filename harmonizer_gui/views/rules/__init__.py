"""What the experts of rules look for: each fault with its switch, and the ranges of the singers."""
