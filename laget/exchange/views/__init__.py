"""The pages of a report of concern, by subject."""

from laget.exchange.views.acute import acute, acute_of_child, acute_of_worry
from laget.exchange.views.delivering import (
    report_answers,
    report_check,
    report_delete,
    version_document,
    version_message,
    version_sent,
)
from laget.exchange.views.writing import (
    report,
    report_acute,
    report_child,
    report_ground,
    report_new,
    report_of_child,
    report_of_worry,
    report_parents,
    report_reporter,
    report_words,
    reports,
)

__all__ = [
    "acute",
    "acute_of_child",
    "acute_of_worry",
    "report",
    "report_acute",
    "report_answers",
    "report_check",
    "report_child",
    "report_delete",
    "report_ground",
    "report_new",
    "report_of_child",
    "report_of_worry",
    "report_parents",
    "report_reporter",
    "report_words",
    "reports",
    "version_document",
    "version_message",
    "version_sent",
]
