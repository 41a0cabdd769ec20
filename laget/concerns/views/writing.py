"""Writing a worry, reading it again, and writing it anew. It is about nobody the system knows: no reading is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import F, carried_out, done, form_page, typed
from laget.concerns import actions, shown
from laget.concerns.access import may_keep_longer, may_note, may_note_talk, may_write, names_known, visible_worries
from laget.concerns.forms import WordsForm, WorryForm
from laget.concerns.rules.steps import ADULT, Note, kept_until
from laget.directory.access import visible_positions
from laget.guide.national import current
from laget.guide.words import text
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.concerns.models import Worry

FORM = ("GET", "POST")
WITH_CHILDREN = frozenset({"BHL", "OPPL", "PRIV", "BVL"})
"""Acts of services whose people meet the children themselves; others may meet a parent first."""


def address(name: str, worry: UUID) -> str:
    return reverse(name, args=[worry])


def careful(request: Request, form_class: type[F], initial: dict[str, Any] | None = None, **kwargs: Any) -> F:
    """A form that looks through its texts; names are fetched only when there is something to look through."""
    names = names_known(request.actor) if request.method == "POST" else ()
    return typed(request, form_class, initial, names=names, **kwargs)


def of_part(note: Note, part: str, **initial: Any) -> dict[str, Any]:
    """What a part's form begins with: what was saved, and at which version."""
    saved = {name: value for name, value in note.part(part).items() if name != "n"}
    return {**initial, **saved, "version": note.version(part)}


@page(needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_new(request: Request) -> HttpResponse:
    """Three fields between two lessons. The first question comes first."""
    today = timezone.localdate()
    guide, places = current(today), request.actor.places
    held = visible_positions(request.actor).filter(pk__in=request.actor.positions)
    form = careful(
        request, WorryForm, {"position": str(places[0].position)},
        question=text(guide.first_question.question),
        answers=[(one.code, text(one.text)) for one in guide.first_question.answers],
        positions=[(str(one.pk), f"{one.title}, {one.unit.service.name}") for one in held] if len(places) > 1 else (),
        adults=any(place.act not in WITH_CHILDREN for place in places),
    )  # fmt: skip

    def write(data: dict[str, Any]) -> Any:
        position = UUID(data["position"]) if data.get("position") else places[0].position
        words = actions.Words(
            data["seen"], data["well"], data["wonder"], data["label"], ADULT if data.get("adult") else ""
        )
        return actions.write_worry(request.actor, position, words, data["safe"])

    written = carried_out(form, write)
    if written is not None:
        return done(request, address("worry", written.value.pk), _("Saved. Only you can read it."))
    help_text = text(guide.first_question.help)
    return form_page(request, "concerns/new.html", form, help_text=help_text, kept_until=kept_until(guide, today))


@page(needs=may_write, only=Capacity.WORKER, silent=True)
def notebook(request: Request) -> HttpResponse:
    """All that one has written and that is not deleted yet."""
    own = visible_worries(request.actor).select_related(None).order_by("-ended_at", "noted_at", "id")
    return render(request, "concerns/notebook.html", {"rows": shown.notebook(request.actor, own)})


@page(visible_worries, only=Capacity.WORKER, silent=True)
def worry(request: Request, worry: Worry) -> HttpResponse:
    """Where am I, what comes next, by when and why."""
    actor, talk = request.actor, getattr(worry, "talk", None)
    context = {
        "worry": worry, "w": shown.worry_shown(worry), "today": timezone.localdate(),
        "may_note": may_note(actor, worry), "may_talk": may_note_talk(actor, worry),
        "told": talk is not None and talk.asked_at is not None, "may_keep": may_keep_longer(actor, worry),
        "at_school": any(place.act in ("BHL", "OPPL", "PRIV") for place in actor.places),
    }  # fmt: skip
    return render(request, "concerns/worry.html", context)


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_words(request: Request, worry: Worry) -> HttpResponse:
    """The words of one's own worry, to be written anew."""
    form = careful(request, WordsForm, of_part(worry.note, "worry"))

    def rewrite(data: dict[str, Any]) -> Any:
        words = actions.Words(data["seen"], data["well"], data["wonder"], data["label"])
        return actions.rewrite_worry(request.actor, worry, words, data["version"])

    return noted(request, worry, form, rewrite, "concerns/words.html")


def noted(request: Request, worry: Worry, form: Any, act: Any, template: str, **context: Any) -> HttpResponse:
    """Carry out and go back to the worry, or show the form."""
    result = carried_out(form, act)
    if result is not None:
        return done(request, address("worry", worry.pk), _("Saved. Only you can read it."))
    return form_page(request, template, form, worry=worry, **context)
