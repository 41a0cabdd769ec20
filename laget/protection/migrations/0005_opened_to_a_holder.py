"""What two people opened for a parent closes when that parent has no parental responsibility any more."""

from django.db import migrations

from laget.audit.ground import APP, Function

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("protection", "0004_asked_beside")]

    operations = [
        Function("protection_shut_again(of_child uuid, of_person uuid)", "boolean", f"""
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR of_child NOT IN (SELECT sight_cases()) OR EXISTS (
                    SELECT 1 FROM families_parent p WHERE p.child_id = of_child AND p.person_id = of_person
                    AND p.responsibility AND p.source <> 'declared' AND p.since <= {NOW} AND p.until > {NOW}) THEN
                    RETURN false;
                END IF;
                UPDATE protection_opening SET until = greatest(since, {NOW})
                WHERE child_id = of_child AND person_id = of_person AND until > {NOW};
                IF NOT FOUND THEN
                    RETURN false;
                END IF;
                PERFORM protection_shut(of_child);
                RETURN true;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
