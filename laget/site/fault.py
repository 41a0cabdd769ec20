"""What a command says in one line when its input or surroundings are wrong; the exit code is then 2."""


class Fault(Exception):
    """The text says what is wrong, where, and what is allowed."""
