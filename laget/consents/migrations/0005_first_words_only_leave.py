"""The first words of a request become the first entry of the case; until then nobody rewrites them."""

from django.db import migrations

from laget.audit.ground import Function, Trigger


class Migration(migrations.Migration):

    dependencies = [("consents", "0004_what_time_ends")]

    operations = [
        Function("consents_words_only_leave()", "trigger", """
            BEGIN
                IF NEW.first_words <> '' AND NEW.first_words <> OLD.first_words THEN
                    RAISE EXCEPTION 'the first words of a request are not rewritten' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql"),
        Trigger("first_words_only_leave", "consents_request", "BEFORE UPDATE OF first_words", "consents_words_only_leave"),
    ]
