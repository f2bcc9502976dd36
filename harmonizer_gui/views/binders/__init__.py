"""What ties the parts of the window to the session: each binder one concern, both ways."""
