"""Jobs for the tests of the queue."""

done: list[str] = []


def works() -> None:
    done.append("works")


def fails() -> None:
    raise RuntimeError("a job that fails")
