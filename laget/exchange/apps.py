"""Names the room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "laget.exchange"
    label = "exchange"
