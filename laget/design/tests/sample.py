"""A page with every macro and picture, for looking at and for tests; everybody in it is invented."""

from datetime import UTC, date, datetime
from pathlib import Path

from django import forms
from markupsafe import Markup

from laget.design.backend import Templates

TODAY = date(2027, 3, 3)
AT = datetime(2027, 3, 3, 11, 30, tzinfo=UTC)


class GoalForm(forms.Form):
    title = forms.CharField(
        label="Hva vil dere oppnå?", max_length=80, help_text="Skriv det som en setning barnet kjenner seg igjen i."
    )
    text = forms.CharField(label="Hva er avtalt?", widget=forms.Textarea, required=False)
    review = forms.DateField(label="Når ser dere på det sammen?", help_text="Innen tre måneder.")
    meets = forms.DateTimeField(label="Neste møte", required=False)
    hours = forms.IntegerField(label="Timer i uken", min_value=0, max_value=40, required=False)
    mail = forms.EmailField(label="E-post", required=False)
    service = forms.ChoiceField(
        label="Tjeneste",
        choices=[("", "Velg"), ("Helse", [("h", "Helsestasjonen"), ("f", "Fysioterapi")]), ("s", "Skolen")],
    )
    ground = forms.ChoiceField(
        label="Hva er grunnlaget?",
        widget=forms.RadioSelect,
        choices=[("c", "Foreldrene har sagt ja"), ("l", "Loven gir adgang")],
    )
    kinds = forms.MultipleChoiceField(
        label="Hva kan deles?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("everyday", "Hverdagen i barnehagen"), ("health", "Helse"), ("learning", "Læring")],
        help_text="Velg bare det som trengs.",
    )
    sure = forms.BooleanField(label="Familien har lest dette", help_text="De kan ombestemme seg når som helst.")
    secret = forms.CharField(widget=forms.HiddenInput, initial="x", required=False)


def backend():
    return Templates(
        {
            "NAME": "kit",
            "DIRS": [Path(__file__).parent / "templates", Path(__file__).parent.parent / "templates"],
            "APP_DIRS": False,
            "OPTIONS": {"environment": "laget.design.jinja.environment"},
        }
    )


def context(**more):
    legs = [
        ("Maja Lind", "Solbakken barnehage", date(2026, 8, 17), date(2026, 12, 1), False),
        ("Omar Haddad", "Solbakken barnehage", date(2026, 12, 1), date(2027, 1, 10), True),
        (
            "Hanne-Kristine Bjørnstad-Kvalvåg",
            "Pedagogisk-psykologisk tjeneste i Fjordvik",
            date(2027, 1, 24),
            None,
            False,
        ),
    ]
    levels = [
        ("0", "Undring", "Noen undrer seg over et barn og snakker med foreldrene."),
        ("1", "Tiltak der barnet er", "Barnehagen eller skolen prøver noe selv, sammen med hjemmet."),
        ("2", "Samarbeid med én tjeneste", "En tjeneste til er med."),
        ("3", "Stafettlag", "Flere tjenester arbeider sammen etter én plan."),
        ("4", "Særskilt hjelp", "Kommunen og spesialisthelsetjenesten arbeider sammen over tid."),
    ]
    members = [
        ("Kari Nordmann", "Mor", "", False, True),
        ("Per Nordmann", "Far", "", False, True),
        ("Jo Nordmann", "Bror, 8 år", "", False, True),
        ("Maja Lind", "Pedagogisk leder", "Solbakken barnehage", True, False),
        ("Ingrid Solheim Aas", "Fysioterapeut", "Ergo- og fysioterapitjenesten", False, False),
        ("Vera Moen", "Helsesykepleier", "Fjordvik helsestasjon", False, False),
        ("Anders Wiik", "Spesialpedagogisk koordinator", "PPT", False, False),
        ("Siri Dahl", "Sykehuskoordinator", "Barneavdelingen", False, False),
    ]
    goals = [
        ("Nora kan si fra hva hun vil leke med", "Godt i gang", 60),
        ("Overgangen til skolen er trygg for alle", "Ikke begynt", 0),
        ("Familien får sove om natten", "Vi ser an", None),
    ]
    made = {
        "today": TODAY,
        "at": AT,
        "legs": legs,
        "levels": levels,
        "members": members,
        "goals": goals,
        "municipality": "Fjordvik kommune",
        "signed_in": True,
        "acting": "Maja Lind, Solbakken barnehage",
        "unread": 3,
        "inbox_url": "/inbox",
        "help_url": "/help",
        "privacy_url": "/privacy",
        "accessibility_url": "/accessibility",
        "demo": True,
        "menu": [("Min dag", "/", True), ("Barna mine", "/children", False), ("Tjenestene", "/services", False)],
        "messages": ["Målet er lagret."],
        "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="x">'),
        "form": GoalForm(),
        "wrong": GoalForm(
            {"title": "", "ground": "", "hours": "x", "text": "Første linje\n\nAndre avsnitt"}, auto_id="id_wrong_%s"
        ),
    }
    return made | more


def render(name, **more):
    return backend().get_template(f"sample/{name}.html").render(context(**more))
