"""Which addresses a visitor may be sent on to: our own pages, and nothing that only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from laget.access.gate import Gate


def local(address: str, default: str = "/") -> str:
    """The address when it is a path of ours, else the default."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return default


def wanted(request: HttpRequest) -> str:
    """Where the visitor was going, as far as we can send them there."""
    return local(request.POST.get("next") or request.GET.get("next") or "/")


def gate_of(address: str) -> Gate | None:
    """The gate of the page at this path, or None when there is no such page."""
    try:
        found = resolve(address)
    except Resolver404:
        return None
    gate: Gate | None = getattr(found.func, "gate", None)
    return gate
