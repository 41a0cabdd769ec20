"""All who work here read the model; administrators change it, two where it touches consent; a fault keeps all typed."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from laget.demo.cast import worker
from laget.directory.models import Position
from laget.guide import actions, versions
from laget.guide.access import latest_wording
from laget.guide.difference import touching_consent
from laget.guide.faults import GuideFaults
from laget.guide.making import first_text, recoded
from laget.guide.models import Draft, Proposal, Ruling, Version, Wording
from laget.guide.national import current
from laget.guide.reading import read_guide
from laget.guide.saying import changes_said, fault_said
from laget.kernel.errors import Invalid, Refused
from tests.support.cast import MOST_STATEMENTS, Statements

EVERYBODY = ("maja", "omar", "vera", "idris", "otto", "ada", "liv", "kari", "per", "sara")
CITIZENS = {"kari", "per", "sara"}
PARTS = ("levels", "deadlines", "words", "consent", "silent", "ending")
OWN = first_text("fjordvik-1", "Slik arbeider vi")
MORE = f'{OWN}\n[word.team]\nnb = ["flokk", "flokken", "flokker"]\n'
CONSENT = f'{OWN}\n[consent]\nfirst_asked = "1"\n'
pytestmark = pytest.mark.usefixtures("stored")


def today():
    return timezone.localdate()


@pytest.fixture
def ben(cast):
    return worker("Ben", "Ask", hall(cast), "Administrator", administers=True)


def hall(cast):
    return Position.objects.get(pk=cast.ada.position).unit


@pytest.fixture
def draft(cast, as_app):
    return begun(as_app, cast.ada, MORE)


def begun(as_app, who, own):
    with as_app(who.actor):
        return actions.begin_draft(who.actor, own, "file").value


def proposed(as_app, who, draft, begins=None):
    with as_app(who.actor):
        number = latest_wording(draft).number
        return actions.propose(who.actor, draft, begins or today() + timedelta(days=30), number, today()).value


def addresses(draft, proposal):
    of = {"draft": draft.pk}
    return {
        **{name: reverse(name) for name in ("model_versions", "model_draft_file")},
        **{f"model_{part}": reverse(f"model_{part}", kwargs=of) for part in PARTS},
        **{name: reverse(name, kwargs=of) for name in ("model_draft", "model_draft_text", "model_preview",
                                                       "model_draft_end", "model_propose")},
        "model_step": reverse("model_step", kwargs={**of, "step_number": 1}),
        "model_confirm": reverse("model_confirm", kwargs={"proposal": proposal.pk}),
    }  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_administrators_know_the_pages_and_all_who_work_here_read(cast, as_app, visit, who):
    secret = MORE.replace("Slik arbeider vi", "Hemmelig utkast")
    draft, other = begun(as_app, cast.ada, secret), begun(as_app, cast.ada, CONSENT)
    proposal = proposed(as_app, cast.ada, other)
    client = visit(getattr(cast, who))
    for name, address in addresses(draft, proposal).items():
        response = client.get(address)
        assert response.status_code == (200 if who == "ada" else 404), name
        if who != "ada":
            assert "Hemmelig" not in response.content.decode() and "fjordvik-1" not in response.content.decode()
    read = client.get(reverse("model"))
    assert read.status_code == (404 if who in CITIZENS else 200)
    assert ("Er det trygt" in read.content.decode() or "Undring" in read.content.decode()) is (who not in CITIZENS)
    assert (reverse("model_versions") in read.content.decode()) is (who == "ada")


@pytest.mark.parametrize("who", ["maja", "liv", "kari"])
def test_nobody_else_writes(cast, as_app, visit, draft, who):
    client = visit(getattr(cast, who))
    key = {"key": str(uuid4())}
    before = Wording.objects.count()
    assert client.post(reverse("model_draft_begin"), key).status_code == 404
    assert client.post(reverse("model_draft_file"), {"own": OWN, "key": str(uuid4())}).status_code == 404
    assert client.post(reverse("model_draft_text", args=[draft.pk]), {"own": OWN, "version": 1}).status_code == 404
    assert client.post(reverse("model_propose", args=[draft.pk]), {"begins": today(), "version": 1}).status_code == 404
    assert (Wording.objects.count(), Version.objects.count(), Draft.objects.count()) == (before, 0, 1)
    for act in (lambda: actions.begin_draft(getattr(cast, who).actor, OWN, "file"),
                lambda: actions.propose(getattr(cast, who).actor, draft, today(), 1, today())):  # fmt: skip
        with pytest.raises(Refused):
            act()


def test_a_draft_is_begun_changed_by_a_form_and_taken_into_use(cast, visit):
    client = visit(cast.ada)
    begun = client.post(reverse("model_draft_begin"), {"key": str(uuid4())})
    draft = Draft.objects.get()
    where = reverse("model_words", args=[draft.pk])
    assert begun["Location"] == reverse("model_draft", args=[draft.pk])
    typed = fields(client.get(where).content.decode())
    typed["word-relay_log-one-nb"], typed["word-relay_log-the-nb"] = "samarbeidslogg", "samarbeidsloggen"
    assert client.post(where, typed).status_code == 302
    wording = latest_wording(draft)
    page = client.get(reverse("model_draft", args=[draft.pk])).content.decode()
    assert "stafettlogg" in page and "samarbeidslogg" in page and "Ada Vik" in page
    response = client.post(
        reverse("model_propose", args=[draft.pk]), {"begins": today().isoformat(), "version": 2, "key": str(uuid4())}
    )
    assert response["Location"] == reverse("model_versions")
    versions.forget()
    assert next(one for one in current(today()).words if one.concept == "relay_log").one.nb == "samarbeidslogg"
    assert Version.objects.get().loaded_by == cast.ada.person
    assert not Draft.objects.filter(ended_at=None).exists()
    client.post(reverse("model_draft_begin"), {"key": str(uuid4())})
    assert latest_wording(Draft.objects.get(ended_at=None)).own == wording.own.replace('-1"', '-2"', 1)


def fields(page):
    """What a browser would send from the page's form."""
    form = page[page.index("data-hx-post") :]
    found = {m[1]: m[2] for m in re.finditer(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form)}
    found |= {m[1]: m[2].strip() for m in re.finditer(r'<textarea[^>]*? name="([^"]+)"[^>]*>([^<]*)<', form)}
    for select in re.finditer(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', select[2])
        found[select[1]] = chosen[1] if chosen else ""
    ticked = re.findall(r'<input class="ds-input" type="checkbox" [^>]*name="([^"]+)" value="([^"]*)" checked', form)
    boxes = {name for name, _value in re.findall(r'type="checkbox"[^>]* name="([^"]+)" value="([^"]*)"', form)}
    for name in boxes:
        found[name] = [value for other, value in ticked if other == name]
    return found


@pytest.mark.parametrize("part", PARTS)
def test_a_form_that_is_saved_as_it_stands_changes_nothing(cast, visit, draft, part):
    client, where = visit(cast.ada), reverse(f"model_{part}", args=[draft.pk])
    assert client.post(where, fields(client.get(where).content.decode())).status_code == 302
    assert Wording.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "field", "value", "said"),
    [
        ("consent", "heard-7-age", "9", "barnelova §\u00a031"),
        ("consent", "heard-12-age", "13", "barnelova §\u00a031"),
        ("deadlines", "deadline-environment_case-value", "3", "§\u00a012-4"),
        ("ending", "evaluation-default_weeks", "99", "52"),
        ("words", "word-level-one-nb", "", "word-level-one-nb-error"),
    ],
)
def test_what_goes_below_the_law_is_said_at_the_field_and_all_typed_is_kept(
    cast, visit, draft, part, field, value, said
):
    client, where = visit(cast.ada), reverse(f"model_{part}", args=[draft.pk])
    typed = fields(client.get(where).content.decode()) | {field: value}
    response = client.post(where, typed)
    body = response.content.decode()
    assert response.status_code == 422 and said in body
    assert f'id="id_{field}-error"' in body or f"{field}-error" in body
    assert fields(body)[field] == value
    assert Wording.objects.count() == 1


def test_a_cell_where_the_law_is_silent_is_decided_with_reason_and_day(cast, visit, draft):
    client, where = visit(cast.ada), reverse("model_silent", args=[draft.pk])
    typed = fields(client.get(where).content.decode()) | {"moved-E_15_school-ask": "child"}
    assert "moved-E_15_school-reason-nb-error" in client.post(where, typed).content.decode()
    typed |= {"moved-E_15_school-reason-nb": "Vedtatt", "moved-E_15_school-decided": "2026-01-01", "key": str(uuid4())}
    assert client.post(where, typed).status_code == 302
    assert 'rule = "E/15/school"' in latest_wording(draft).own
    assert "Berører samtykke" in client.get(reverse("model_draft", args=[draft.pk])).content.decode()


BOMB = "a" + ".a" * 30 + " = 1\n"
BAD = {
    "unknown role": (f'{OWN}\n[[step]]\ncode = "talk"\nlevel = "0"\nwho = ["nobody"]\n', "Linje"),
    "ring": (f'{OWN}\n[[move]]\nfrom = "3"\nto = ["3"]\n', "move.3"),
    "no way out": (f'{OWN}\n[[move]]\nfrom = "3"\nremove = true\n', "level.3"),
    "a word missing": (OWN.replace('["nb"]', '["nb", "en"]').replace('name.nb', 'name.nb'), "Mangler"),
    "below the floor": (f'{OWN}\nbegin = 1\n[[heard]]\nage = 7\nremove = true\n', "barnelova §\u00a031"),
    "longer than law": (f'{OWN}\n[[deadline]]\ncode = "environment_case"\nvalue = 4\n', "§\u00a012-4"),
    "a bomb": (f"{OWN}\n{BOMB}", "bygd for å bli for mye"),
    "YAML": ("a: &a [x]\nb: *a\n", "kan ikke leses"),
    "nothing": ("", "Velg en fil"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_said_and_kept_and_nothing_is_begun(cast, visit, what):
    own, said = BAD[what]
    if what == "below the floor":
        own = own.replace("\nbegin = 1", "")
    response = visit(cast.ada).post(reverse("model_draft_file"), {"own": own, "key": str(uuid4())})
    body = response.content.decode()
    assert response.status_code == 422 and said in body, body
    if own:
        assert own.strip().splitlines()[-1].replace('"', "&#34;").replace("&a", "&amp;a") in body
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfea\x00", "UTF-8"),
        ("navn = 'Ås'".encode("latin-1"), "UTF-8"),
        (b"x" * 600_000, "512 kB"),
        (b"x" * 5_000_000, "512 kB"),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_refused_before_it_is_read(cast, visit, content, said):
    sent = {"file": SimpleUploadedFile("modell.toml", content), "own": "dette skrev jeg", "key": str(uuid4())}
    response = visit(cast.ada).post(reverse("model_draft_file"), sent)
    body = response.content.decode()
    assert response.status_code == 422 and said in body and "dette skrev jeg" in body
    assert not Draft.objects.exists()


def test_a_file_becomes_a_draft(cast, visit):
    sent = {"file": SimpleUploadedFile("modell.toml", MORE.encode()), "own": "", "key": str(uuid4())}
    assert visit(cast.ada).post(reverse("model_draft_file"), sent).status_code == 302
    assert Wording.objects.get().own == MORE


def test_texts_are_text_and_never_markup(cast, as_app, visit):
    evil = "<script>alert(1)</script>"
    own = OWN.replace("Slik arbeider vi", evil) + f'\n[[level]]\ncode = "0"\nname.nb = "{evil}"\ndisplay = "<b>"\n'
    draft = begun(as_app, cast.ada, own)
    client = visit(cast.ada)
    proposal = proposed(
        as_app, cast.ada, begun(as_app, cast.ada, recoded(own, "x-2") + '\n[consent]\nfirst_asked = "1"\n')
    )
    for name, address in addresses(draft, proposal).items():
        body = client.get(address).content.decode()
        assert "<script>alert" not in body and "<b>:" not in body, name


def test_consent_takes_two_and_never_the_same_person_twice(cast, as_app, visit, ben):
    draft = begun(as_app, cast.ada, CONSENT)
    proposal = proposed(as_app, cast.ada, draft)
    assert proposal.two and not Version.objects.exists()
    second = Position.objects.create(person_id=cast.ada.person, unit=hall(cast), title="Rådgiver", administers=True,
                                     since=timezone.now())  # fmt: skip
    where = reverse("model_confirm", args=[proposal.pk])
    page = visit(cast.ada).get(where).content.decode()
    assert "En annen administrator må bekrefte" in page
    assert visit(cast.ada).post(where, {"key": str(uuid4())}).status_code == 403
    assert second.pk and not Version.objects.exists()
    assert visit(ben).post(where, {"key": str(uuid4())}).status_code == 302
    ruling = Ruling.objects.get()
    assert (ruling.outcome, ruling.by, ruling.proposal.by) == ("taken", ben.person, cast.ada.person)
    assert Version.objects.get().loaded_by == ben.person
    assert visit(ben).get(where).status_code == 404


def test_the_database_too_asks_for_two(cast, as_app):
    proposal = proposed(as_app, cast.ada, begun(as_app, cast.ada, CONSENT))
    version = Version(code="x", valid_from=today(), own="", whole="", loaded_by=cast.ada.person)
    version.save(force_insert=True)
    with pytest.raises(DatabaseError, match="another administrator"), as_app(cast.ada.actor):
        Ruling(proposal=proposal, outcome="taken", version=version, by=cast.ada.person).save(force_insert=True)


@pytest.mark.parametrize("table", ["guide_wording", "guide_proposal", "guide_ruling"])
def test_what_was_said_is_never_changed(cast, as_app, ben, table):
    proposal = proposed(as_app, cast.ada, begun(as_app, cast.ada, CONSENT))
    with as_app(ben.actor):
        actions.confirm(ben.actor, proposal, today())
    for statement in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}"):
        for role in ("laget_app", None):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                if role:
                    cursor.execute(f"SET LOCAL ROLE {role}")
                cursor.execute(statement)


def test_a_draft_that_is_changed_after_the_proposal_needs_a_new_one(cast, as_app, visit, ben):
    draft = begun(as_app, cast.ada, CONSENT)
    proposal = proposed(as_app, cast.ada, draft)
    with as_app(ben.actor):
        actions.change_draft(ben.actor, draft, CONSENT + "\n[evaluation]\ndefault_weeks = 6\n", 1, "file")
    response = visit(ben).post(reverse("model_confirm", args=[proposal.pk]), {"key": str(uuid4())})
    assert response.status_code == 422 and "endret etter at det ble foreslått" in response.content.decode()
    assert not Version.objects.exists()
    withdrawn = visit(ben).post(reverse("model_withdraw", args=[proposal.pk]), {"key": str(uuid4())})
    assert withdrawn.status_code == 302 and Ruling.objects.get().outcome == "withdrawn"
    assert proposed(as_app, ben, draft).wording.number == 2


def test_a_version_in_between_needs_a_new_comparison(cast, as_app, ben):
    proposal = proposed(as_app, cast.ada, begun(as_app, cast.ada, CONSENT))
    proposed(as_app, ben, begun(as_app, ben, recoded(MORE, "between-1")), today())
    versions.forget()
    with pytest.raises(Invalid), as_app(ben.actor):
        actions.confirm(ben.actor, proposal, today())


def test_the_past_and_a_day_that_is_taken_are_refused_at_the_field(cast, as_app, visit, draft):
    other = begun(as_app, cast.ada, recoded(MORE, "other-1"))
    proposed(as_app, cast.ada, other, today())
    client, where = visit(cast.ada), reverse("model_propose", args=[draft.pk])
    for day in (today(), today() - timedelta(days=1)):
        response = client.post(where, {"begins": day.isoformat(), "version": 1, "key": str(uuid4())})
        body = response.content.decode()
        assert response.status_code == 422 and "begins-error" in body and day.isoformat() in body
    assert Version.objects.count() == 1


def test_two_who_change_at_once_are_told_and_keep_what_they_typed(cast, as_app, visit, ben, draft):
    where = reverse("model_ending", args=[draft.pk])
    typed = fields(visit(cast.ada).get(where).content.decode()) | {"evaluation-default_weeks": "7"}
    with as_app(ben.actor):
        actions.change_draft(ben.actor, draft, OWN, 1, "file")
    response = visit(cast.ada).post(where, typed)
    body = response.content.decode()
    assert response.status_code == 422 and "Noen andre endret" in body and fields(body)["version"] == "2"
    assert fields(body)["evaluation-default_weeks"] == "7"
    assert visit(cast.ada).post(where, fields(body)).status_code == 302


def test_what_is_typed_when_the_session_is_locked_is_given_back(cast, visit, draft):
    where = reverse("model_ending", args=[draft.pk])
    client = visit(cast.ada)
    session = client.session
    session["sign_in"] = session["sign_in"] | {"seen": (timezone.now() - timedelta(hours=2)).isoformat()}
    session.save()
    typed = {"evaluation-default_weeks": "11", "version": 1, "key": str(uuid4())}
    assert client.post(where, typed).status_code == 419
    assert fields(visit(cast.ada).get(where).content.decode())["evaluation-default_weeks"] == "11"


def test_the_model_is_read_by_level_kind_and_day(cast, as_app, visit):
    later = today() + timedelta(days=40)
    own = OWN + '\n[variant.school]\nname.nb = "Skole"\nkinds = ["school"]\n\n[[variant.school.step]]\ncode = "talk"\n'
    own += 'level = "0"\nname.nb = "Ring hjem"\n'
    proposed(as_app, cast.ada, begun(as_app, cast.ada, own), later)
    versions.forget()
    client = visit(cast.maja)
    asked = {"level": "0", "kind": "school", "on": later.isoformat()}
    assert "Ring hjem" in client.get(reverse("model"), asked).content.decode()
    for other in ({"on": today().isoformat()}, {"kind": "kindergarten"}, {"level": "1"}):
        assert "Ring hjem" not in client.get(reverse("model"), asked | other).content.decode()
    assert client.get(reverse("model"), {"on": "i morgen", "level": "9", "kind": "<b>"}).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["model", "model_versions", "model_version", "model_draft", "model_preview", "model_propose", "model_step",
     "model_consent", "model_confirm"],
)  # fmt: skip
def test_a_page_asks_at_most_twelve_times(cast, as_app, visit, name):
    draft = begun(as_app, cast.ada, MORE)
    for number in range(5):
        begun(as_app, cast.ada, recoded(MORE, f"more-{number}"))
        proposed(
            as_app, cast.ada, begun(as_app, cast.ada, recoded(MORE, f"v-{number}")), today() + timedelta(days=number)
        )
    waits = proposed(as_app, cast.ada, begun(as_app, cast.ada, recoded(CONSENT, "waits-1")))
    addresses = {"model": [], "model_versions": [], "model_step": [draft.pk, 1], "model_confirm": [waits.pk]}
    addresses |= {"model_version": [Version.objects.latest("valid_from").pk]}
    where = reverse(name, args=addresses.get(name, [draft.pk]))
    client = visit(cast.ada)
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    assert len(Statements.of(asked.captured_queries)) <= MOST_STATEMENTS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", ["same day", "confirm twice"])
def test_of_two_at_the_same_moment_one_is_first(cast, as_app, ben, race):
    if race == "same day":
        one, two = begun(as_app, cast.ada, MORE), begun(as_app, ben, recoded(MORE, "other-1"))
        day = today() + timedelta(days=9)
        acts = {cast.ada: lambda: actions.propose(cast.ada.actor, one, day, 1, today()),
                ben: lambda: actions.propose(ben.actor, two, day, 1, today())}  # fmt: skip
    else:
        cai = worker("Cai", "Ask", hall(cast), "Administrator", administers=True)
        proposal = proposed(as_app, cast.ada, begun(as_app, cast.ada, CONSENT))
        acts = {ben: lambda: actions.confirm(ben.actor, proposal, today()),
                cai: lambda: actions.confirm(cai.actor, proposal, today())}  # fmt: skip
    start, fell = Barrier(2), []

    def run(act, who):
        try:
            start.wait()
            with as_app(who.actor):
                act()
        except Invalid as fault:
            fell.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act, who)) for who, act in acts.items()]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert len(fell) == 1 and Version.objects.count() == 1
    assert Proposal.objects.filter(ruling__outcome="taken").count() == 1


def test_a_new_variant_that_says_nothing_of_consent_needs_one_person():
    own = OWN + '\n[variant.school]\nname.nb = "Skole"\nkinds = ["school"]\n\n[[variant.school.step]]\ncode = "talk"\n'
    own += 'level = "0"\nname.nb = "Ring hjem"\n'
    before, after = read_guide(OWN), read_guide(own)
    assert not touching_consent(before, after)
    (said,) = changes_said(before, after)
    assert said.title.startswith("Skole: Steg") and said.after == "Ring hjem" and not said.consent
    assert touching_consent(
        before, read_guide(f'{own}\n[[variant.school.access]]\ncode = "youth"\nread = "consented"\n')
    )


@pytest.mark.parametrize(
    ("more", "two"),
    [
        ('[[heard]]\nage = 5\ntext.nb = "Hør alltid barnet."\n', True),
        ('[[deadline]]\ncode = "consent_period"\nvalue = 6\n', True),
        ('[consent]\nneeded_again = ["new_level"]\n', True),
        ('[consent]\nmedia = ["written"]\n', True),
        ('[consent]\nfirst_asked = "1"\n', True),
        ('[[moved]]\nrule = "E/15/nav"\nask = "child"\ndecided = 2026-01-01\nreason.nb = "Vedtatt"\n', True),
        ('[[service_kind]]\ncode = "school"\noffered = ["identity"]\n', True),
        ('[[deadline]]\ncode = "quiet_case"\nvalue = 6\n', False),
        ('[[step]]\ncode = "new"\nlevel = "0"\nname.nb = "Nytt steg"\n', False),
        ('[[step]]\ncode = "new"\nlevel = "0"\nname.nb = "Nytt steg"\nconsent = true\n', True),
    ],
)
def test_what_takes_two_people(more, two):
    assert touching_consent(read_guide(OWN), read_guide(f"{OWN}\n{more}")) is two


def test_who_confirms_sees_what_is_changed_in_a_language_they_do_not_read():
    both = OWN.replace('["nb"]', '["nb", "en"]').replace("written", 'name.en = "Ours"\nwritten')
    english = f'{both}\n[[heard]]\nage = 7\ntext.nb = "{{}}"\ntext.en = "{{}}"\n'
    same = english.format("Barnet blir hørt.", "The child is heard.")
    other = english.format("Barnet blir hørt.", "The child is heard when there is time.")
    with override("nb"):
        (said,) = changes_said(read_guide(same), read_guide(other))
    assert "engelsk" in said.title and said.consent and said.after == "The child is heard when there is time."
    assert touching_consent(read_guide(same), read_guide(other))


def test_a_deadline_is_said_whole_and_a_limit_by_its_statute():
    with override("nb"):
        (said,) = changes_said(
            read_guide(OWN), read_guide(f'{OWN}\n[[deadline]]\ncode = "minutes"\nvalue = 3\nunit = "week"\n')
        )
        assert (said.before, said.after) == ("2 arbeidsdager", "3 uker")
        with pytest.raises(GuideFaults) as found:
            read_guide(f'{OWN}\n[[deadline]]\ncode = "environment_case"\nvalue = 4\n')
        assert "høyst 7 dager" in fault_said(found.value.faults[0])


@pytest.mark.loose("Django answers a request of more than a megabyte itself")
def test_a_text_of_five_megabytes_is_not_even_read(cast, visit):
    response = visit(cast.ada).post(reverse("model_draft_file"), {"own": "x" * 5_000_000})
    assert response.status_code == 400 and not Draft.objects.exists()
