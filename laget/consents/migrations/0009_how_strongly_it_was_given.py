"""An answer says how strongly it was given: one by the sign-in of a letter is told from one by an electronic id."""

from django.db import migrations, models

SIGNED = """
    CREATE OR REPLACE FUNCTION consents_signed(of_request uuid, by_person uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $function$
        SELECT EXISTS (
            SELECT 1 FROM consents_answer a WHERE a.request_id = of_request AND a.person_id = by_person
            AND {form} AND a.child_id IN (SELECT sight_children()))
    $function$"""
ANSWER = """ALTER POLICY "answer" ON "consents_answer" WITH CHECK (
    person_id = (SELECT laget_person()) AND {form} AND child_id = ANY (ARRAY(SELECT sight_children())))"""


def forms(which: str) -> list[str]:
    return [SIGNED.format(form=f"a.form {which}"), ANSWER.format(form=f"form {which}")]


class Migration(migrations.Migration):

    dependencies = [("consents", "0008_asked_again")]

    operations = [
        migrations.AlterField("answer", "form", models.CharField(choices=[("own_sign_in", "Own Sign In"), ("letter", "Letter"), ("oral", "Oral")], max_length=12)),
        migrations.RemoveConstraint("answer", "oral_answer_is_noted_by_somebody"),
        migrations.AddConstraint("answer", models.CheckConstraint(
            condition=models.Q(models.Q(("form__in", ("own_sign_in", "letter")), ("noted_by__isnull", True)), models.Q(("form", "oral"), ("noted_by__isnull", False)), _connector="OR"), name="oral_answer_is_noted_by_somebody")),
        migrations.RunSQL(forms("IN ('own_sign_in', 'letter')"), forms("= 'own_sign_in'")),
    ]
