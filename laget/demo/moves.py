"""The steps that every story of the demonstration is told with: each is what one person does on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from laget.cases.actions.following import mark_step
from laget.cases.actions.invitations import accept_invitation, invite
from laget.cases.actions.levels import move_level
from laget.cases.actions.log import write_entry
from laget.cases.actions.opening import open_case
from laget.cases.models import Case
from laget.cases.rules import Choice
from laget.consents.actions.answering import answer
from laget.consents.actions.asking import Wish, ask, ask_for_service
from laget.consents.actions.paper import Signed, confirm_paper, register_paper
from laget.consents.models import Paper, Request
from laget.consents.rules import Hearing
from laget.demo.fjordvik import EVERYBODY
from laget.demo.stage import Stage
from laget.families.models import Child
from laget.families.rules import TypedChild, TypedParent
from laget.participation.actions import Said, choose_trusted, set_up
from laget.participation.rules import HOLDERS
from laget.people.rules import synthetic_number
from laget.plans.actions.goals import agree_goal
from laget.plans.actions.matters import tell_what_matters
from laget.plans.actions.measures import add_measure
from laget.plans.models import Goal, Measure

HEARD = Hearing("talk", "wants")
MORNING, NOON, AFTERNOON = time(8, 40), time(11, 25), time(14, 10)
REGISTERED, SEEN = time(15, 20), time(15, 50)
EVENING, LATE = time(20, 5), time(22, 50)


@dataclass(frozen=True)
class Parent:
    """Who is registered as a child's parent, by key."""

    key: str
    relation: str
    language: str = ""

    def typed(self) -> TypedParent:
        one = EVERYBODY[self.key]
        return TypedParent(
            one.given, one.family, self.relation, number=one.number, language=self.language,
            interpreter=bool(self.language),
        )  # fmt: skip


class Story:
    """One child's story, told day by day."""

    def __init__(self, stage: Stage, given: str, family: str, born: date, parents: tuple[Parent, ...]) -> None:
        self.stage, self.parents = stage, parents
        self.typed = TypedChild(
            given, family, number=synthetic_number(born), parents=tuple(one.typed() for one in parents)
        )
        self.case: Case

    def fresh(self) -> Case:
        """The case as it is now."""
        self.case = Case.objects.get(pk=self.case.pk)
        return self.case

    def asked(self, ago: int, by: str, kinds: tuple[str, ...], why: str, first_words: str = "") -> Request:
        """A worker asks for the first consent."""
        with self.stage.day(ago, AFTERNOON), self.stage.turn(by) as actor:
            wish = Wish(kinds, "plan", why=why, hearing=HEARD)
            position = self.stage.position(by)
            talked = self.stage.today
            request = ask(actor, position, self.typed, wish, first_words, talked).value
        return Request.objects.get(pk=request.pk)

    def answered(self, ago: int, by: str, request: Request, kinds: tuple[str, ...] | None = None) -> None:
        """A parent says yes to all that was asked, or to some of it."""
        with self.stage.day(ago, EVENING), self.stage.turn(by) as actor:
            answer(actor, request, request.kinds if kinds is None else kinds)

    def opened(self, ago: int, by: str, request: Request) -> Case:
        with self.stage.day(ago, MORNING), self.stage.turn(by) as actor:
            self.case = open_case(actor, Request.objects.get(pk=request.pk)).value
        return self.fresh()

    def joined(self, ago: int, holder: str, worker: str, kinds: tuple[str, ...], why: str, words: str) -> Request:
        """One more service: the family is asked, says yes, and somebody there is invited and takes the seat."""
        request = self.wished(ago, holder, worker, kinds, why)
        for parent in self.parents:
            self.answered(ago - 2, parent.key, request)
        self.invited(ago - 3, holder, worker, words)
        return request

    def invited(self, ago: int, holder: str, worker: str, words: str) -> None:
        """Somebody in a service that the family has said yes to is invited, and takes the seat the next day."""
        with self.stage.day(ago, MORNING), self.stage.turn(holder) as actor:
            sent = invite(actor, self.fresh(), position=self.stage.position(worker), words=words).value
        with self.stage.day(ago - 1, NOON), self.stage.turn(worker) as actor:
            accept_invitation(actor, sent)

    def signed(self, ago: int, parent: str, request: Request, by: str, seen_by: str, kept_at: str) -> None:  # noqa: PLR0913
        """A parent says yes to all on paper: one registers it, and another sees it the next day."""
        called = (self.stage.person(parent), EVERYBODY[parent].name)
        with self.stage.day(ago, REGISTERED), self.stage.turn(by) as actor:
            sheet = Signed(self.stage.today, tuple(request.kinds), kept_at, self.stage.person(seen_by))
            paper = register_paper(actor, request, called, sheet).value
        with self.stage.day(ago - 1, SEEN), self.stage.turn(seen_by) as actor:
            confirm_paper(actor, Paper.objects.get(pk=paper.pk))

    def wished(self, ago: int, holder: str, worker: str, kinds: tuple[str, ...], why: str) -> Request:
        """The holder asks the family about the service that this worker works in."""
        with self.stage.day(ago, AFTERNOON), self.stage.turn(holder) as actor:
            child = Child.objects.get(pk=self.case.child_id)
            request = ask_for_service(
                actor, child, self.stage.service(worker), Wish(kinds, "plan", why=why, hearing=HEARD)
            ).value
        return Request.objects.get(pk=request.pk)

    def own_page(  # noqa: PLR0913 - a set-up has these parts
        self, ago: int, by: str, key: str, agreed: tuple[str, ...], maturity: str, trusted: str | None = None, *,
        of: Request | None = None,
    ) -> None:  # fmt: skip
        """A worker sets up the child's own page face to face, and the child enters the story.

        of: the child is asked for its consent by this, and has an electronic id: no letter. The worker only asks, and
        does not know who the others are: it says that they all agree.
        """
        child = Child.objects.get(pk=of.child_id if of else self.case.child_id)
        with self.stage.day(ago, NOON), self.stage.turn(by) as actor:
            said = Said(
                "known", "eid" if of else "hand", words="Vi har kjent hverandre i flere år.", maturity=maturity,
                agreed=(child.pk, *((HOLDERS,) if of else (self.stage.person(one) for one in agreed))),
                trusted=self.stage.position(trusted) if trusted else None,
            )  # fmt: skip
            set_up(actor, child, child.pk, said)
        self.stage.enters(key, child.pk)

    def trusts(self, ago: int, child: str, worker: str) -> None:
        """The child says whom it would rather talk with."""
        with self.stage.day(ago, EVENING), self.stage.turn(child) as actor:
            choose_trusted(actor, Child.objects.get(pk=self.case.child_id), self.stage.position(worker))

    def level(self, ago: int, by: str, level: str, reason: str) -> None:
        with self.stage.day(ago, AFTERNOON), self.stage.turn(by) as actor:
            move_level(actor, self.fresh(), level=level, reason=reason)

    def did(self, ago: int, by: str, step: str) -> None:
        """The holder marks a step of the guide as done."""
        with self.stage.day(ago, NOON), self.stage.turn(by) as actor:
            case = self.fresh()
            mark_step(actor, case, level=case.level, step=step, said="done")

    def wrote(  # noqa: PLR0913 - an entry has these parts
        self, ago: int, by: str, sort: str, words: str, kind: str = "everyday", audience: str = "team", how: str = ""
    ) -> None:
        evening = self.stage.actor(by).is_citizen
        with self.stage.day(ago, EVENING if evening else NOON), self.stage.turn(by) as actor:
            write_entry(actor, self.fresh(), sort=sort, kind=kind, words=words, to=Choice(audience), how_asked=how)

    def goal(self, ago: int, by: str, area: str, words: str) -> Goal:
        with self.stage.day(ago, AFTERNOON), self.stage.turn(by) as actor:
            goal = agree_goal(actor, self.fresh(), area=area, words=words).value
        return Goal.objects.get(pk=goal.pk)

    def measure(self, ago: int, goal: Goal, by: str, who: str, words: str, days: int) -> Measure:
        """What somebody does for so many days; agreed by the holder. A parent does it at home."""
        home = self.stage.actor(who).is_citizen
        responsible: UUID = self.stage.person(who) if home else self.stage.position(who)
        with self.stage.day(ago, AFTERNOON), self.stage.turn(by) as actor:
            made = add_measure(
                actor, Goal.objects.get(pk=goal.pk), words=words, place="home" if home else "service",
                responsible=responsible, start=self.stage.today, due=self.stage.today + timedelta(days=days),
            ).value  # fmt: skip
        return Measure.objects.get(pk=made.pk)

    def matters(self, ago: int, by: str, words: str, voice: str, how: str = "") -> None:
        with self.stage.day(ago, EVENING), self.stage.turn(by) as actor:
            tell_what_matters(actor, self.fresh(), words=words, voice=voice, how_asked=how)
