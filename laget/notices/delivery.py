"""Sends waiting e-mails: what kind of thing has happened and where to sign in, never about whom.

At least once: a worker that is killed between sending and saying so sends again, with the same Message-ID. Two workers
never send the same, since each holds the row it sends (SKIP LOCKED). One try per e-mail and round, with growing waits.
A round is listed once, and each e-mail fetched by its id: what one costs doesn't grow with how many wait.

Whether the receiver may still know the child is asked last, with what says so held until the server has answered: who
takes it away (a withdrawal, a position that ends, a forbid) waits for that, or has come first, and the e-mail yields.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from laget.design import speaking
from laget.notices import leaving, rules
from laget.notices.models import Dispatch, MailWish, Notice
from laget.notices.words import sentence
from laget.people.models import Contact

logger = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60))
TOO_OLD = timedelta(days=3)
ANSWERS_WITHIN = timedelta(seconds=5)
"""All of one e-mail: so long may somebody who takes back a yes have to wait for it."""
FOR_GOOD = 500  # answers from here on are the receiver's no; below it the server asks us to come back
CLOSING = 421  # the server ends the conversation


class Away(Exception):
    """The mail server can't be talked with: nothing more is tried in this round."""


class Bounced(Exception):
    """The receiver's server says no, for good."""


def run(now: datetime | None = None) -> None:
    """Send what waits. Without a mail server nothing is sent, and nothing is left to be sent when one comes."""
    _deliver(Q(), now or timezone.now())


def send_one(dispatch: UUID) -> None:
    """Send this e-mail, unless it has been, or somebody is sending it now."""
    _deliver(Q(pk=dispatch), timezone.now())


def _deliver(which: Q, began: datetime) -> None:
    if not settings.LAGET_MAIL:
        Dispatch.objects.filter(which, state="waiting").update(state="off")
        return
    server = get_connection()
    try:
        due = which & _due(began)
        for waiting in Dispatch.objects.filter(due).order_by("made_at", "id").values_list("pk", flat=True):
            if not _take(due & Q(pk=waiting), began, server):
                break
    finally:
        _close(server)


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (OSError, SMTPException):
        logger.warning("the mail server went away")


def _due(began: datetime) -> Q:
    """Waiting, and never tried, or tried so long ago that it may be tried again."""
    again = Q(tried_at=None)
    for attempts, wait in enumerate(WAITS, start=1):
        again |= Q(attempts=attempts, tried_at__lte=began - wait)
    return Q(state="waiting") & again


def _take(which: Q, began: datetime, server: BaseEmailBackend) -> bool:
    """Take this e-mail, unless somebody has it or had it, and try it. False when the server is away."""
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update(skip_locked=True).filter(which).first()
        if dispatch is None:
            return True
        state, go_on = _try(dispatch, began, server)
        attempts = dispatch.attempts + 1
        if state == "waiting" and attempts > len(WAITS):
            state = "gave_up"
        Dispatch.objects.filter(pk=dispatch.pk).update(state=state, attempts=attempts, tried_at=began)
    return go_on


def _try(dispatch: Dispatch, began: datetime, server: BaseEmailBackend) -> tuple[str, bool]:
    """What became of it, and whether the round goes on."""
    address, how = _address(dispatch), _wished(dispatch.notice)
    state = _needless(dispatch, began, address, how)
    if state:
        return state, True
    return _posted(server, dispatch, _message(dispatch, address, how))


def _wished(notice: Notice) -> str:
    """How this person wants to be told now, also when it was chosen after the notice was made."""
    wishes = MailWish.objects.filter(person_id=notice.recipient_id, capacity=notice.capacity)
    chosen = wishes.order_by("-at", "-id").values_list("mail", flat=True).first()
    return rules.mail(chosen or "", own_child=notice.child == notice.recipient_id)


def _posted(server: BaseEmailBackend, dispatch: Dispatch, message: EmailMessage) -> tuple[str, bool]:
    try:
        _look_over(message)
        _talk(server)
        if not _held(dispatch):
            return "waiting", True
        if not _reaches(dispatch):
            return "withheld", True
        _send(server, message)
    except (Bounced, leaving.Held) as fault:
        return _never(fault, dispatch, message), True
    except Away as fault:
        logger.warning("e-mail is not sent now: %s", type(fault.__cause__).__name__)
        return "waiting", False
    except SMTPException:
        return "waiting", True
    return "sent", True


def _never(fault: Exception, dispatch: Dispatch, message: EmailMessage) -> str:
    """What is not tried again: the receiver says no, or the last look does; then two people can look at it."""
    if not isinstance(fault, leaving.Held):
        return "bounced"
    logger.warning("an e-mail is held: %s", ", ".join(fault.sorts))
    with suppress(leaving.Held):  # what can't be read is kept by nobody
        parts, told = leaving.of_mail(message.message()), dispatch.notice
        leaving.keep(leaving.Mail(dispatch.pk, told.recipient_id, told.capacity, parts, matters(message)))
    return "held"


def _needless(dispatch: Dispatch, began: datetime, address: str, how: str) -> str:
    """Why it need not be sent any more; empty when it is to be sent."""
    if dispatch.notice.read_at is not None:
        return "read"
    if dispatch.made_at < began - TOO_OLD:
        return "too_late"
    if how == rules.NONE:
        return "unwanted"
    return "" if address else "no_address"


def _held(dispatch: Dispatch) -> bool:
    """Hold what lets the receiver know the child, to the end of this transaction; False while somebody changes it."""
    return _asked("SELECT notices_hold(%s)", dispatch)


def _reaches(dispatch: Dispatch) -> bool:
    """Whether the receiver may know what it is about."""
    return _asked("SELECT notices_reaches(%s)", dispatch)


def _asked(question: str, dispatch: Dispatch) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [dispatch.notice_id])
        return bool(cursor.fetchone()[0])


def _address(dispatch: Dispatch) -> str:
    now = timezone.now()
    own = Contact.objects.filter(person_id=dispatch.notice.recipient_id, sort="email", since__lte=now, until__gt=now)
    latest = own.order_by("-since", "-id").first()
    return latest.value.strip() if latest else ""


def _message(dispatch: Dispatch, address: str, how: str) -> EmailMessage:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("You have a message")
    host = urlsplit(settings.LAGET_BASE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{dispatch.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    event = "" if how == rules.NEUTRAL else dispatch.notice.event
    with speaking.about(None, to_one=dispatch.notice.child == dispatch.notice.recipient_id):
        bodies = [_body(event, language) for language, _name in settings.LANGUAGES]
    return EmailMessage(subject, "\n\n--\n\n".join(bodies), settings.DEFAULT_FROM_EMAIL, [address], headers=headers)


def _body(event: str, language: str) -> str:
    """Two lines; without an event only that there is something to read."""
    with translation.override(language):
        greeting = f"{_('You have a message in Laget:')} {sentence(event)}" if event else _("You have a message.")
        return f"{greeting}\n\n{_('Sign in to read more:')} {settings.LAGET_BASE_URL}{reverse('sign_in')}"


def _talk(server: BaseEmailBackend) -> None:
    """Say good day to the server, before anything is held. Raises Away."""
    try:
        server.open()
    except (OSError, SMTPException) as fault:
        raise Away from fault


def _send(server: BaseEmailBackend, message: EmailMessage) -> None:
    """Send one e-mail, within ANSWERS_WITHIN. Raises Bounced, Away, or SMTPException when it is to be tried again."""
    with _cut_off(server):
        try:
            server.send_messages([message])
        except SMTPResponseException as fault:
            _judge(fault)
        except (OSError, SMTPException) as fault:
            _judge_refusal(fault)
        except ValueError as fault:  # an address or a header that can't be one
            raise Bounced from fault


@contextmanager
def _cut_off(server: BaseEmailBackend) -> Iterator[None]:
    """Hang up when the server has not answered in time: each of its drops would else be waited for, and others wait."""
    late = Timer(ANSWERS_WITHIN.total_seconds(), _hang_up, [server])
    late.daemon = True
    late.start()
    try:
        yield
    finally:
        late.cancel()


def _hang_up(server: BaseEmailBackend) -> None:
    sock = getattr(getattr(server, "connection", None), "sock", None)
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(SHUT_RDWR)


def _look_over(message: EmailMessage) -> None:
    try:
        whole = message.message()
    except ValueError as fault:  # an address or a header that can't be one
        raise Bounced from fault
    leaving.look_over(leaving.of_mail(whole), matters(message))


def matters(message: EmailMessage) -> list[str]:
    """To whom, the subject and the words: without what is new at each try, as the date and the message's own id."""
    return [", ".join(sorted(message.recipients())), str(message.subject), str(message.body)]


def _judge(fault: SMTPResponseException) -> None:
    """An answer with a code; that our own address is refused is no fault of the receiver's."""
    if fault.smtp_code == CLOSING or isinstance(fault, SMTPSenderRefused):
        raise Away from fault
    if fault.smtp_code >= FOR_GOOD:
        raise Bounced from fault
    raise fault


def _judge_refusal(fault: OSError | SMTPException) -> None:
    """A refused receiver; anything else is a broken conversation (a time-out, a server that hangs up)."""
    if not isinstance(fault, SMTPRecipientsRefused):
        raise Away from fault
    code = min(code for code, _answer in fault.recipients.values())
    if code == CLOSING:
        raise Away from fault
    if code >= FOR_GOOD:
        raise Bounced from fault
    raise fault
