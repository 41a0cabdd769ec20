"""Prints figures so that they can be read side by side, and says how they grow."""

from __future__ import annotations

from typing import Any

HEADS = ("page", "sql", "cpu ms", "db cpu ms", "p50 ms", "p95 ms", "kB", "bare ms", "ratio")
FIELDS = ("page", "sql", "cpu", "db_cpu", "p50", "p95", "kilobytes", "bare", "ratio")


def text(sizes: list[dict[str, Any]]) -> str:
    """One table for each size, and the growth from the smallest to the largest."""
    parts = []
    for size in sizes:
        rows = [[_said(page[field]) for field in FIELDS] for page in size["pages"]]
        parts.append(f"{size['cases']} cases\n{_aligned([list(HEADS), *rows])}")
        if size.get("worker_mb"):
            parts.append(f"memory of a worker: {size['worker_mb']} MB")
    if len(sizes) > 1:
        grown = [[page, _said(times["cpu"]), _said(times["p50"])] for page, times in growth(sizes).items()]
        parts.append(f"growth, smallest to largest\n{_aligned([['page', 'cpu of web and db', 'p50'], *grown])}")
    return "\n\n".join(parts)


def growth(sizes: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """For each page, how many times the CPU (web and server) and the median of the smallest size the largest needs."""
    if len(sizes) < 2:
        return {}
    ordered = sorted(sizes, key=lambda size: size["cases"])
    small, large = ({page["page"]: page for page in size["pages"]} for size in (ordered[0], ordered[-1]))
    return {
        page: {
            "cpu": round(_cpu(large[page]) / _cpu(small[page]), 2),
            "p50": round(large[page]["p50"] / small[page]["p50"], 2),
        }
        for page in small
        if page in large
    }


def _cpu(page: dict[str, Any]) -> float:
    return float(page["cpu"] + (page["db_cpu"] or 0))


def _said(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = (
        "  ".join(
            [row[0].ljust(widths[0]), *(one.rjust(width) for one, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )
    return "\n".join(lines)
