"""Noting an anonymous discussion: a topic and the advice, and nothing that could tell who it is about."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.concerns.access import may_write, names_known, visible_discussions
from laget.concerns.actions.writing import cleaned_texts
from laget.concerns.models import Discussion
from laget.concerns.rules.steps import Note, kept_until
from laget.guide.national import current
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.people.anonymity import tells

TELLS = _("Here stands something that may tell who it is. Take it out: a discussion is anonymous, or it is not one.")


@action("concerns.discussed")
def note_discussion(actor: Actor, *, topic: str, advice: str, who: str, on: date) -> Done[Discussion]:
    """Keep the topic and the advice. Raises Invalid at what may tell who it is about; nobody goes past that."""
    require(may_write(actor))
    texts = cleaned_texts({"topic": topic, "advice": advice, "who": who})
    names = names_known(actor)
    for name, text in texts.items():
        if tells(text, names):
            raise Invalid(TELLS, name)
    if not texts["topic"]:
        raise Invalid(_("Write what you discussed."), "topic")
    today = timezone.localdate()
    if on > today:
        raise Invalid(_("This day has not come yet."), "on")
    noted = Discussion(
        pk=uuid4(), owner_id=actor.person, service_id=actor.places[0].service, held_on=on,
        kept_until=kept_until(current(today), today),
    )  # fmt: skip
    noted.take(Note({"said": texts}))
    noted.save(force_insert=True)
    record(actor, "concerns.discussed", object_id=noted.pk)
    return Done(noted)


@action("concerns.discussion_deleted")
def delete_discussion(actor: Actor, discussion: Discussion) -> Done[UUID]:
    """Gone at once; the record keeps that something was deleted, and not what."""
    require(may_write(actor))
    visible_discussions(actor).filter(pk=discussion.pk).delete()
    record(actor, "concerns.discussion_deleted", object_id=discussion.pk)
    return Done(discussion.pk)
