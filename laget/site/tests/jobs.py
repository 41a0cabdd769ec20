"""Two jobs for the tests of the round."""

done: list[str] = []


def works() -> None:
    done.append("works")


def fails() -> None:
    raise RuntimeError("a job that fails")
