"""Looks at all that leaves the house for where protected children are; what two people have released may pass."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from laget.access.sealing import unseal
from laget.protection import ground
from laget.protection.rules.geodata import Known, Sort, found

SEALED_AS = "place"
_BETWEEN = "\x1f"


def watch(parts: Sequence[str], content: Sequence[str]) -> list[str]:
    """What was found in the parts, by sort; but for a child for whom two people have released exactly this content."""
    return sorted({sort for sorts in by_child(parts, content).values() for sort in sorts})


def by_child(parts: Sequence[str], content: Sequence[str]) -> dict[UUID, list[str]]:
    """What was found of each child, by sort; without those for whom two people have released exactly this content."""
    sealed = ground.places()
    if not sealed:
        return {}
    passing = ground.released(fingerprint(content))
    known: dict[UUID, list[Known]] = {}
    for child, sort, one in sealed:
        if child not in passing:
            known.setdefault(child, []).append(Known(Sort(sort), unseal(one, SEALED_AS).decode()))
    sorts = {
        child: sorted({one.sort.value for part in parts for one in found(part, places)})
        for child, places in known.items()
    }
    return {child: each for child, each in sorts.items() if each}


def fingerprint(parts: Sequence[str]) -> UUID:
    """An id for exactly this content: another letter needs another release."""
    return UUID(bytes=sha256(_BETWEEN.join(parts).encode("utf-8", "surrogatepass")).digest()[:16])
