"""What a parent without proven responsibility knows of health can always be closed; it is opened to none of them."""

from importlib import import_module

from django.db import migrations

from laget.audit.ground import Function, Replaced

BEFORE = "laget.participation.migrations.0007_what_a_letter_opens"
NOW = "statement_timestamp()"
SHARED = next(one for one in import_module(BEFORE).Migration.operations
              if isinstance(one, Function) and one.signature.startswith("participation_share_health("))
MARK = "UPDATE sight_seat s SET until = greatest(s.since, statement_timestamp())"
# No place begins for such a parent (families_place_of_a_parent): the one that stands closes where it is.
UNPROVEN = f"""IF held.kind = 'parent' AND NOT families_holds(of_child, with_person) THEN
                    IF good_until > {NOW} THEN
                        RETURN false;
                    END IF;
                    UPDATE sight_seat s SET health_until = good_until
                    WHERE s.child_id = of_child AND s.person_id = with_person AND s.kind IN ('parent', 'guardian')
                      AND s.since <= {NOW} AND s.until > {NOW} AND s.health_until > good_until;
                    RETURN true;
                END IF;
                {MARK}"""
assert SHARED.body.count(MARK) == 1


class Migration(migrations.Migration):
    dependencies = [("participation", "0008_said_afterwards"), ("families", "0013_two_let_a_parent_in")]

    operations = [
        Replaced(BEFORE, "participation_share_health"),
        Function(SHARED.signature, SHARED.returns, SHARED.body.replace(MARK, UNPROVEN), how=SHARED.how, to=SHARED.to),
    ]
