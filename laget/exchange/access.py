"""Who reads a report of concern: the one who writes it, and nobody else in this house. No leader approves it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from laget.exchange.models import Report, Version
from laget.exchange.rules.report import wanting, wanting_in_message
from laget.kernel.actor import Actor
from laget.kernel.errors import Refused
from laget.kernel.verdict import ALLOWED, Verdict, refuse

NOT_HERE = refuse(_("Only somebody who works here reports from here. Anybody may call child welfare."))
LOST = refuse(_("This report cannot be opened any more. You can delete it."))
UNFINISHED = refuse(_("Something is still missing in the report. The page of the report says what."))
SENT = refuse(_("This version has been delivered. Write what is new, and make a new version."))
STAYS = refuse(_("A report that has been delivered cannot be deleted here. It is deleted on its day."))
NOT_AS_MESSAGE = refuse(_("Something that the electronic message needs is missing. The document can be used as it is."))
NOT_SENT = refuse(_("Note first that the report is delivered."))


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The actor's own, as long as the actor works in the service it was written in."""
    if not actor.is_worker:
        return Report.objects.none()
    return Report.objects.filter(owner_id=actor.person, service_id__in=actor.services)


def visible_versions(actor: Actor) -> QuerySet[Version]:
    """Those of the actor's own reports."""
    if not actor.is_worker:
        return Version.objects.none()
    return Version.objects.filter(owner_id=actor.person, service_id__in=actor.services)


def gripped(actor: Actor, report: UUID) -> Report:
    """The report, read anew and held until the end of the transaction. Raises Refused when it is gone."""
    found = visible_reports(actor).select_for_update(of=("self",)).filter(pk=report).first()
    if found is None:
        raise Refused(refuse(_("This report is not there any more. Nothing was saved.")))
    return found


def newest(actor: Actor, report: UUID) -> Version | None:
    """The version that was made last."""
    return visible_versions(actor).filter(report_id=report).order_by("-number").first()


def may_report(actor: Actor, subject: object = None) -> Verdict:
    """Everybody who works here now. The duty is personal: nobody is asked."""
    return ALLOWED if actor.is_worker and actor.places else NOT_HERE


def may_write(actor: Actor, report: Report) -> Verdict:
    """The writer, also after it is delivered: what is new becomes a new version."""
    return LOST if report.note.lost else ALLOWED


def may_make(actor: Actor, report: Report) -> Verdict:
    """When all that a report needs stands there."""
    if not may_write(actor, report):
        return LOST
    return UNFINISHED if wanting(report.note) else ALLOWED


def may_send(actor: Actor, version: Version) -> Verdict:
    """Noting that a version is delivered: once."""
    return SENT if version.sent_on else ALLOWED


def may_fetch_message(actor: Actor, version: Version) -> Verdict:
    """The national message, when all that it needs stands there."""
    return NOT_AS_MESSAGE if wanting_in_message(version.note) else ALLOWED


def may_note_answers(actor: Actor, report: Report) -> Verdict:
    """What child welfare has answered, once the report is delivered."""
    return ALLOWED if report.note.day("sent") else NOT_SENT


def may_delete(actor: Actor, report: Report) -> Verdict:
    """As long as no version of it has been delivered."""
    delivered = visible_versions(actor).filter(report_id=report.pk).exclude(sent_on=None).exists()
    return STAYS if delivered else ALLOWED


def reports_listed(actor: Actor) -> QuerySet[Report]:
    """One's own, the newest first, each with whether it has been made ready and delivered."""
    versions = visible_versions(actor).filter(report_id=OuterRef("pk"))
    return visible_reports(actor).annotate(
        made=Exists(versions), delivered=Exists(versions.exclude(sent_on=None))
    ).order_by("-begun_at", "id")  # fmt: skip
