"""Who reads an entry: told before it is written, the same in every lock, changed by a row, and never hinted at."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.cases import actions, ground, sweeps
from laget.cases.access import visible_entries, visible_readerships
from laget.cases.actions.readers import note_choice
from laget.cases.models import Log, Readership
from laget.cases.reading import may_choose_readers, may_widen, text_of
from laget.cases.rules import Choice
from laget.cases.tests.factories import entry
from laget.demo.cast import make_cast, parent
from laget.kernel.errors import Invalid, Refused
from laget.notices.models import Notice
from laget.people.rules import synthetic_number
from laget.sight.models import Cover, Seat
from laget.sight.rules import Audience, who_reads
from tests.support.cast import acting_as

SECRET = "Hemmelig kanarifugl"
DAY = timezone.localdate() + timedelta(days=100)


def grounded(audience, *persons):
    return Choice(audience, frozenset(persons), "danger", "Det er farlig", DAY)


@pytest.fixture
def father(cast):
    return parent("Nils", "Solberg", cast.child, "father", date(1985, 2, 3))


def secrets_for(cast, father):
    """One entry of each sort that the father may not read."""
    return [
        entry(cast, cast.maja, words=SECRET, audience="services"),
        entry(cast, cast.maja, words=SECRET, audience="not_for", persons=[father.person]),
        entry(cast, cast.maja, words=SECRET, audience="named", persons=[cast.omar.person, cast.kari.person]),
        entry(cast, cast.sara, words=SECRET, audience="childs_own", persons=[cast.maja.person]),
    ]


def test_nobody_is_kept_from_their_own_words(cast, father, as_app, visit):
    made = entry(cast, father, words=SECRET)
    with as_app(cast.maja.actor), pytest.raises(Invalid) as refused:
        actions.choose_readers(cast.maja.actor, made, choice=grounded("not_for", father.person))
    assert refused.value.field == "persons"
    page = visit(cast.maja).get(reverse("entry_readers", args=[made.pk]), {"audience": "not_for"}).content.decode()
    assert f'value="{cast.kari.person}"' in page and f'value="{father.person}"' not in page
    with pytest.raises(DatabaseError, match="own_words_are_read"), transaction.atomic():
        Log.objects.filter(pk=made.pk).update(audience="not_for", persons=[father.person])
    assert SECRET in visit(father).get(reverse("case_log", args=[cast.case.pk])).content.decode()


@pytest.mark.locks
@pytest.mark.parametrize("audience", Audience)
def test_the_names_on_an_entry_are_those_whom_both_locks_let_read(audience, cast, father, as_app):
    people = [cast.omar.person, father.person] if audience != "not_for" else [father.person]
    made = entry(cast, cast.maja, audience=audience, persons=people)
    everybody = {**cast.everybody(), "father": father}
    with as_app(cast.maja.actor):
        listed = {one.person for one in who_reads(ground.around(cast.child), text_of(made))}
    reading = set()
    for member in everybody.values():
        with as_app(member.actor):
            seen = Log.objects.filter(pk=made.pk).exists()
        assert seen == visible_entries(member.actor).filter(pk=made.pk).exists()
        reading |= {member.person} if seen else set()
    assert listed == reading and reading


def test_those_outside_learn_nobody_around_the_child(cast, as_app):
    for one in (cast.vera, cast.otto, cast.per, cast.ada):
        with as_app(one.actor):
            assert ground.around(cast.child) == []


def readdressed(made, by, audience, *persons):
    Log.objects.filter(pk=made.pk).update(audience=audience, persons=list(persons))
    Readership.objects.create(
        of=made.pk, child_id=made.child_id, kind=made.kind, by_id=by.person, audience=audience, persons=list(persons),
        ground="danger",
    )  # fmt: skip


def neutral(body):
    """The page without what is new in every page: keys, and the ids that a picture or a box has for its own sake."""
    return re.sub(r'name="(?:key|csrfmiddlewaretoken)" value="[^"]*"|nonce="[^"]*"|\bx[0-9a-f]{10}\b', "", body)


def pages_of_family(cast):
    case = cast.case.pk
    return [
        reverse("case_log", args=[case]), reverse("family_page", args=[cast.child]), reverse("case_team", args=[case]),
        reverse("case_plan", args=[case]), reverse("who_looked", args=[cast.child]), reverse("inbox"),
        reverse("write", args=[case]), reverse("home"), reverse("case_log", args=[case]) + "?sort=note",
    ]  # fmt: skip


def test_a_parents_pages_are_the_same_to_the_byte_with_and_without_what_is_kept_from_him(cast, father, visit):
    entry(cast, cast.maja, words="Lekte ute")
    client = visit(father)
    before = [neutral(client.get(page).content.decode()) for page in pages_of_family(cast)]
    secrets_for(cast, father)
    after = [neutral(client.get(page).content.decode()) for page in pages_of_family(cast)]
    for page, was, now in zip(pages_of_family(cast), before, after, strict=True):
        assert was.splitlines() == now.splitlines(), page
    assert "Lekte ute" in before[0]


def test_an_entry_not_for_the_other_parent_looks_like_any_other_to_the_family(cast, father, visit):
    made = entry(cast, cast.maja, words="Vi snakket om turen")
    address = reverse("case_log", args=[cast.case.pk])
    for one in (cast.kari, cast.sara):
        whole = neutral(visit(one).get(address).content.decode())
        readdressed(made, cast.maja, "not_for", father.person)
        assert neutral(visit(one).get(address).content.decode()) == whole
        readdressed(made, cast.maja, "team")


def test_what_is_kept_from_somebody_is_not_there_by_its_address(cast, father, visit):
    for made in secrets_for(cast, father):
        answer = visit(father).get(reverse("entry_readers", args=[made.pk]))
        assert answer.status_code == 404 and SECRET not in answer.content.decode()


def test_a_worker_sees_on_each_entry_who_reads_it(cast, father, visit):
    entry(cast, cast.maja, words="Til noen", audience="not_for", persons=[father.person])
    body = visit(cast.omar).get(reverse("case_log", args=[cast.case.pk])).content.decode()
    assert "Ikke for Nils Solberg" in body
    listed = body[body.index("Hvem kan lese dette?") :]
    assert "Kari Solberg" in listed and "Maja Lind" in listed and "Per Solberg" not in listed


# Written for some


def written(cast, by, as_app, choice, **more):
    with as_app(by.actor):
        said = {"sort": "note", "kind": "everyday", "words": SECRET} | more
        return actions.write_entry(by.actor, cast.case, to=choice, **said).value


def test_a_decision_to_keep_something_from_a_parent_is_a_row_with_ground_and_review(cast, father, as_app):
    made = written(cast, cast.maja, as_app, grounded("not_for", father.person))
    row = Readership.objects.get(of=made.pk)
    assert (row.ground, row.review_on, row.by_id) == ("danger", DAY, cast.maja.person)
    with as_app(cast.omar.actor):
        assert visible_readerships(cast.omar.actor).get() == row
    for one in (father, cast.kari, cast.sara):
        with as_app(one.actor):
            assert not Readership.objects.exists() and not visible_readerships(one.actor).exists()


@pytest.mark.parametrize(
    ("who", "choice", "field"),
    [
        ("kari", grounded("services"), "audience"),
        ("kari", Choice("childs_own"), "audience"),
        ("sara", grounded("not_for"), "audience"),
        ("maja", Choice("childs_own"), "audience"),
        ("maja", Choice("named"), "persons"),
        ("maja", grounded("not_for"), "persons"),
        ("maja", Choice("services", why="x", review_on=DAY), "ground"),
        ("maja", Choice("services", ground="danger", review_on=DAY), "why"),
        ("maja", Choice("services", ground="danger", why="x"), "review_on"),
        ("maja", Choice("services", ground="danger", why="x", review_on=DAY + timedelta(days=600)), "review_on"),
    ],
)
def test_what_a_writer_cannot_choose(who, choice, field, cast, as_app):
    with pytest.raises(Invalid) as no:
        written(cast, getattr(cast, who), as_app, choice)
    assert no.value.field == field and not Log.objects.exists() and not Readership.objects.exists()


def test_only_those_who_may_know_can_be_named(cast, father, as_app):
    for stranger in (cast.vera, cast.per, cast.otto):
        with pytest.raises(Invalid):
            written(cast, cast.maja, as_app, Choice("named", frozenset({stranger.person})))
    for not_a_parent in (cast.omar, cast.sara):
        with pytest.raises(Invalid):
            written(cast, cast.maja, as_app, grounded("not_for", not_a_parent.person))


def test_only_those_named_are_told_and_nobody_of_the_others(cast, father, as_app):
    written(cast, cast.maja, as_app, Choice("named", frozenset({cast.omar.person, cast.kari.person})))
    told = set(Notice.objects.filter(event="cases.written_to_you").values_list("recipient_id", "capacity"))
    assert told == {(cast.omar.person, "worker"), (cast.kari.person, "citizen")}
    assert not Notice.objects.filter(recipient_id=father.person).exists()


# The child's own


def test_what_a_child_writes_is_read_by_those_it_chose_and_by_nobody_else(as_app):
    cast = make_cast(age=13)
    made = written(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.omar.person})))
    for name, member in cast.everybody().items():
        with as_app(member.actor):
            assert Log.objects.filter(pk=made.pk).exists() == (name in ("sara", "omar")), name


@pytest.mark.parametrize(("age", "alone"), [(8, False), (11, False), (12, True), (16, True)])
def test_from_twelve_a_child_decides_alone_and_a_younger_one_has_a_grown_up_along(age, alone, as_app):
    cast = make_cast(age=age)
    for persons in (frozenset(), frozenset({cast.kari.person})):
        if alone:
            assert written(cast, cast.sara, as_app, Choice("childs_own", persons))
        else:
            with pytest.raises(Invalid) as no:
                written(cast, cast.sara, as_app, Choice("childs_own", persons))
            assert no.value.field == "persons"
    assert written(cast, cast.sara, as_app, Choice("childs_own", frozenset({cast.omar.person})))


def test_a_child_shares_its_own_words_with_a_parent_and_takes_them_back(as_app):
    cast = make_cast(age=13)
    made = written(cast, cast.sara, as_app, Choice("childs_own"))

    def seen_by_mother():
        with as_app(cast.kari.actor):
            return Log.objects.filter(pk=made.pk).exists()

    for persons, seen in ((frozenset({cast.kari.person}), True), (frozenset(), False)):
        with as_app(cast.sara.actor):
            actions.choose_readers(cast.sara.actor, made, choice=Choice("childs_own", persons))
        assert seen_by_mother() is seen


def test_nobody_but_the_child_and_who_wrote_it_moves_the_childs_own(cast, as_app):
    made = written(cast, cast.maja, as_app, Choice("childs_own", frozenset({cast.omar.person})), sort="child_words")
    with as_app(cast.omar.actor), pytest.raises(Refused):
        actions.choose_readers(cast.omar.actor, made, choice=Choice("team", why="Alle bør vite"))
    with as_app(cast.omar.actor):
        assert Log.objects.filter(pk=made.pk).update(audience="team", persons=[]) == 0
    with as_app(cast.maja.actor), pytest.raises(Invalid) as no:
        actions.choose_readers(cast.maja.actor, made, choice=Choice("team"))
    assert no.value.field == "why"
    with as_app(cast.sara.actor):
        actions.choose_readers(cast.sara.actor, made, choice=Choice("team"))
    assert Log.objects.get().audience == "team"


# Chosen anew


def test_somebody_else_narrows_at_once_and_says_why_and_only_the_author_widens(cast, father, as_app):
    made = written(cast, cast.omar, as_app, Choice())
    with as_app(cast.maja.actor):
        with pytest.raises(Invalid) as no:
            actions.choose_readers(cast.maja.actor, made, choice=Choice("named", frozenset({cast.omar.person})))
        assert no.value.field == "why"
        actions.choose_readers(cast.maja.actor, made, choice=grounded("not_for", father.person))
        with pytest.raises(Refused):
            actions.choose_readers(cast.maja.actor, made, choice=Choice("team", why="Det er over"))
    with as_app(father.actor):
        assert not Log.objects.exists()
    with as_app(cast.omar.actor):
        actions.choose_readers(cast.omar.actor, made, choice=Choice("team"))
    rows = Readership.objects.order_by("at")
    assert [(one.audience_before, one.audience) for one in rows] == [("team", "not_for"), ("not_for", "team")]
    with as_app(father.actor):
        assert Log.objects.exists()


def test_a_parent_neither_narrows_nor_widens_what_others_wrote(cast, as_app):
    made = written(cast, cast.maja, as_app, Choice())
    with as_app(cast.kari.actor):
        with pytest.raises(Refused):
            actions.choose_readers(cast.kari.actor, made, choice=Choice("family"))
        assert Log.objects.update(audience="family") == 0


def test_a_correction_has_the_readers_of_what_it_corrects_and_they_change_together(cast, father, as_app):
    made = written(cast, cast.maja, as_app, Choice())
    with as_app(cast.maja.actor):
        fixed = actions.correct_entry(cast.maja.actor, made, words="Bedre ord").value
        actions.choose_readers(cast.maja.actor, fixed, choice=grounded("not_for", father.person))
        again = actions.correct_entry(cast.maja.actor, fixed, words="Enda bedre ord").value
    assert {one.audience for one in Log.objects.all()} == {"not_for"} and again.persons == [father.person]
    with as_app(father.actor):
        assert not Log.objects.exists()


def test_older_words_follow_also_when_the_one_who_chooses_cannot_read_them(cast, father, as_app):
    made = written(cast, cast.maja, as_app, Choice())
    Log.objects.filter(pk=made.pk).update(at=timezone.now() - timedelta(days=9))
    with as_app(cast.maja.actor):
        fixed = actions.correct_entry(cast.maja.actor, made, words="Bedre ord").value
    Cover.objects.filter(service_id=cast.clinic).update(log_from=timezone.now() - timedelta(days=1))
    choice = Choice("named", frozenset({cast.maja.person, cast.kari.person}), why="Uro")
    with as_app(cast.omar.actor):
        assert set(Log.objects.values_list("pk", flat=True)) == {fixed.pk}
        actions.choose_readers(cast.omar.actor, fixed, choice=choice)
    with as_app(father.actor):
        assert not Log.objects.exists()
    with as_app(cast.kari.actor):
        assert Log.objects.count() == 2
    assert Readership.objects.get(of=made.pk).by_id == cast.omar.person


def test_what_was_meant_by_an_entry_follows_it_and_never_the_other_way(cast, father, as_app):
    made = entry(cast, cast.maja)
    answer = entry(cast, cast.kari, meant_id=made.pk)
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=grounded("not_for", father.person))
    assert [one.audience for one in Log.objects.all()] == ["not_for", "not_for"]
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=Choice("team"))
    with as_app(cast.kari.actor):
        actions.choose_readers(cast.kari.actor, answer, choice=Choice("family"))
    assert {one.pk: one.audience for one in Log.objects.all()} == {made.pk: "team", answer.pk: "family"}


def test_nobody_opens_what_a_parent_wrote_to_some_when_that_parent_is_gone(cast, father, as_app):
    made = written(cast, father, as_app, Choice("named", frozenset({cast.maja.person})))
    left(father)
    with as_app(cast.maja.actor), pytest.raises(Refused):
        actions.choose_readers(cast.maja.actor, made, choice=Choice("team", why="Alle bør vite"))
    assert not raw(cast.maja, as_app, made, Choice("team", why="Alle bør vite"))


def test_the_database_refuses_other_readers_that_nobody_said_why(cast, as_app):
    made = written(cast, cast.maja, as_app, Choice())
    with pytest.raises(DatabaseError, match="nobody said why"), as_app(cast.maja.actor), transaction.atomic():
        Log.objects.filter(pk=made.pk).update(audience="own_service")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_wants_the_reason_for_this_very_text(cast, as_app):
    one, other = (written(cast, cast.maja, as_app, Choice(), words=words) for words in ("Ett", "To"))
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, one, choice=Choice("own_service"))
    with pytest.raises(DatabaseError, match="nobody said why"), as_app(cast.maja.actor), transaction.atomic():
        note_choice(cast.maja.actor, one, Choice("own_service"))
        Log.objects.filter(pk=other.pk).update(audience="own_service")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def raw(member, as_app, row, to):
    """Readers chosen past the actions, with a row that says so. True when the database lets it be."""
    try:
        with as_app(member.actor), transaction.atomic():
            note_choice(member.actor, row, to)
            return type(row).objects.filter(pk=row.pk).update(audience=to.audience, persons=sorted(to.persons)) == 1
    except DatabaseError as no:
        assert "lets more people read it" in str(no) or "row-level security" in str(no)
        return False


def choices_of(cast, father):
    one, two = frozenset({cast.omar.person}), frozenset({cast.omar.person, father.person})
    yield from (Choice("team"), Choice("own_service"), Choice("family"), grounded("services"))
    for persons in (one, two, frozenset({father.person}), frozenset({cast.kari.person}), frozenset()):
        yield from (
            Choice("named", persons),
            Choice("childs_own", persons),
            grounded("not_for", *persons),
        )


@pytest.mark.locks
@pytest.mark.parametrize("audience", Audience)
def test_past_the_actions_the_database_lets_nobody_choose_more_readers_than_the_right_does(
    audience, cast, father, as_app
):
    """Each choice from this audience to each other, by the author, a colleague, a parent and the child."""
    persons = [cast.omar.person, father.person] if audience != "not_for" else [father.person]
    for to in choices_of(cast, father):
        for member in (cast.maja, cast.omar, cast.kari, cast.sara, father):
            made = entry(cast, cast.maja, audience=audience, persons=persons)
            if to.to == made.addressing:
                continue
            with as_app(member.actor):
                seen = visible_entries(member.actor).filter(pk=made.pk).exists()
                may = seen and bool(may_choose_readers(member.actor, made))
                may = may and bool(may_widen(member.actor, text_of(made), cast.child, to.to))
                # Nobody makes a text one that is out of the own sight: the row itself would not be seen any more.
                after = who_reads(ground.around(cast.child), replace(text_of(made), to=to.to))
                may = may and member.person in {one.person for one in after}
            assert raw(member, as_app, made, to) == may, (to, member.person)


# Looked at again


SOON = timezone.localdate() + timedelta(days=10)


def left(member):
    Seat.objects.filter(person_id=member.person).update(until=timezone.now())


def by_the_clock(*now, run=sweeps.run):
    """The round as the worker's own login runs it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database, "assumed_role", "laget_worker")
        run(*now)


def reminded():
    return list(Notice.objects.filter(event="cases.readers_review").values_list("recipient_id", "address"))


def test_whoever_keeps_something_from_a_parent_is_told_once_in_time_to_look_at_it_again(cast, father, as_app):
    made = written(cast, cast.omar, as_app, replace(grounded("not_for", father.person), review_on=SOON))
    written(cast, cast.omar, as_app, grounded("services"))
    for _again in range(2):
        by_the_clock()
    assert reminded() == [(cast.omar.person, reverse("entry_readers", args=[made.pk]))]
    assert Log.objects.get(pk=made.pk).audience == "not_for"
    by_the_clock(timezone.now() + timedelta(days=400))
    assert len(reminded()) == 2 and Log.objects.get(pk=made.pk).audience == "not_for"


def test_the_holder_looks_when_the_one_who_chose_has_left_and_can_end_it(cast, father, as_app):
    made = written(cast, cast.omar, as_app, replace(grounded("not_for", father.person), review_on=SOON))
    with as_app(cast.maja.actor), pytest.raises(Refused):
        actions.choose_readers(cast.maja.actor, made, choice=Choice("team", why="Det er over"))
    assert not raw(cast.maja, as_app, made, Choice("team", why="Det er over"))
    left(cast.omar)
    by_the_clock()
    assert [who for who, _page in reminded()] == [cast.maja.person]
    with as_app(cast.maja.actor):
        actions.choose_readers(cast.maja.actor, made, choice=Choice("team", why="Det er over"))
    assert Log.objects.get(pk=made.pk).audience == "team"
    with as_app(father.actor):
        assert Log.objects.filter(pk=made.pk).exists()


def test_that_it_goes_on_is_a_decision_of_its_own_with_a_reason(cast, father, visit):
    client = visit(cast.maja)
    made = written(cast, cast.maja, acting_as, replace(grounded("not_for", father.person), review_on=SOON))
    address = reverse("entry_readers", args=[made.pk])
    body = client.get(address).content.decode()
    assert "Dette skal dere se på igjen" in body and re.search(r'value="danger"[^>]* checked', body)
    typed = {"audience": "not_for", "persons": [str(father.person)], "ground": "danger", "why": ""}
    later = typed | {"review_on": DAY.isoformat()}
    assert client.post(address, later).status_code == 422
    assert client.post(address, later | {"why": "Det er fortsatt utrygt."}).status_code == 302
    rows = Readership.objects.filter(of=made.pk).order_by("at")
    assert [(one.review_on, one.why) for one in rows] == [(SOON, "Det er farlig"), (DAY, "Det er fortsatt utrygt.")]
    by_the_clock()
    assert reminded() == []


# The pages


def test_the_choice_comes_before_the_words_and_all_that_was_typed_is_kept(cast, father, visit):
    client, address = visit(cast.maja), reverse("write", args=[cast.case.pk])
    body = client.get(address, {"audience": "not_for"}).content.decode()
    assert body.index("Hvem kan lese dette?") < body.index('name="persons"') < body.index('name="words"')
    assert "Hvem skal ikke kunne lese det?" in body and "men ikke av den du velger" in body
    assert "Av dem du velger" not in body
    typed = {"sort": "note", "kind": "everyday", "words": SECRET, "audience": "not_for", "why": "Fordi",
             "persons": [str(father.person)], "review_on": DAY.isoformat()}  # fmt: skip
    answer = client.post(address, typed)
    kept = answer.content.decode()
    assert answer.status_code == 422 and "Velg" in kept
    assert SECRET in kept and "Fordi" in kept and DAY.isoformat() in kept
    assert re.search(rf'value="{father.person}"[^>]* checked', kept)
    assert client.post(address, typed | {"ground": "danger"}).status_code == 302
    assert SECRET not in visit(father).get(reverse("case_log", args=[cast.case.pk])).content.decode()


def test_a_child_is_told_in_its_own_words_who_reads(visit):
    cast = make_cast(age=13)
    body = visit(cast.sara).get(reverse("write", args=[cast.case.pk])).content.decode()
    assert "Bare du og de du velger" in body and 'name="audience" value="childs_own"' in body
    assert "må skaffe hjelp hvis noen kan bli skadet" in body


def test_who_may_open_the_page_of_an_entrys_readers(cast, visit):
    made = entry(cast, cast.maja)
    address = reverse("entry_readers", args=[made.pk])
    got = {one: visit(member).get(address).status_code for one, member in cast.everybody().items()}
    assert got == {one: {"maja": 200, "omar": 200, "kari": 403, "sara": 403}.get(one, 404) for one in got}


def test_readers_are_chosen_anew_on_the_page(cast, father, visit):
    made = entry(cast, cast.maja, words="Noe privat")
    client, address = visit(cast.maja), reverse("entry_readers", args=[made.pk])
    assert "Nils Solberg" in client.get(address).content.decode()
    typed = {"audience": "not_for", "persons": [str(father.person)], "ground": "childs_interest", "why": "Uro",
             "review_on": DAY.isoformat()}  # fmt: skip
    assert client.post(address, typed).status_code == 302
    body = client.get(address).content.decode()
    assert "Ikke for Nils Solberg" in body and "Uro" in body
    assert "Noe privat" not in visit(father).get(reverse("case_log", args=[cast.case.pk])).content.decode()


# Looked through before it is saved


def posted(cast, visit, who, words, **more):
    typed = {"sort": "note", "kind": "everyday", "audience": "team", "words": words} | more
    return visit(who).post(reverse("write", args=[cast.case.pk]), typed)


def test_a_national_number_is_refused_on_the_page_and_in_the_action(cast, as_app, visit):
    number = synthetic_number(date(2019, 3, 1), 7)
    answer = posted(cast, visit, cast.maja, f"Nummeret er {number[:6]} {number[6:]}", anyway="1")
    assert answer.status_code == 422 and "Et fødselsnummer kan aldri stå her" in answer.content.decode()
    for who in (cast.maja, cast.sara):
        with pytest.raises(Invalid):
            written(cast, who, as_app, Choice(), words=f"{number[:6]}-{number[6:]}")
    assert not Log.objects.exists()


def test_the_name_of_a_third_person_is_asked_about_once_and_all_that_was_typed_is_kept(cast, visit):
    words = "Sara var med Ingeborg Vik hjem. Maja og Kari vet om det."
    answer = posted(cast, visit, cast.maja, words, audience="own_service")
    body = answer.content.decode()
    assert answer.status_code == 422 and not Log.objects.exists()
    assert "Ligner et navn" in body and "<mark>Ingeborg Vik</mark>" in body and words in body
    assert 'name="audience" value="own_service"' in body
    marks = re.findall(r'name="pointed_at" value="([^"]*)"', body)
    assert marks == ["words:ingeborg vik"]
    again = posted(cast, visit, cast.maja, words + " Etterpå kom Emil Strand.", anyway="1", pointed_at=marks)
    assert again.status_code == 422 and "<mark>Emil Strand</mark>" in again.content.decode()
    assert posted(cast, visit, cast.maja, words, anyway="1", pointed_at=marks).status_code == 302


def test_a_parent_is_asked_before_the_other_parent_is_named_and_a_worker_is_not(cast, father, visit):
    words = "Nils har vært syk i det siste."
    answer = posted(cast, visit, cast.kari, words)
    assert answer.status_code == 422 and "Navnet til en forelder" in answer.content.decode()
    assert posted(cast, visit, cast.maja, words).status_code == 302


def test_a_child_writes_about_whom_it_wants(visit):
    cast = make_cast(age=13)
    answer = posted(cast, visit, cast.sara, "Mamma Kari og Ingeborg Vik krangler.", audience="childs_own")
    assert answer.status_code == 302


def test_a_warning_does_not_tell_who_is_known_here(cast, family, visit):
    answers = [
        posted(cast, visit, cast.maja, f"Vi snakket med {name} i går.").content.decode()
        for name in ("Hanna Strand", "Hedda Stromm")
    ]
    assert ["Ligner et navn" in one for one in answers] == [True, True]
