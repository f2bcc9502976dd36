"""The command line: every command of the program that needs no window."""
