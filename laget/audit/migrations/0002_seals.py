"""Seals over the record: what the worker may do with it, and nothing more."""

from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Guard, Policy

ENTRY = "id, at, person, capacity, position, event, child, object_id, cause, details"
READING = "id, at, person, capacity, position, service, page, children, object_id, kinds, ground"
# Whatever the statistics say: walk the index on time, and look each row up among the sealed. It costs what the last
# quarter of an hour held, not what the record holds.
HOW = ("LANGUAGE sql STABLE SECURITY DEFINER SET enable_hashjoin = off SET enable_mergejoin = off "
       "SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET plan_cache_mode = force_custom_plan")
LATE = "interval '15 minutes'"


def texts(columns):
    return ", ".join(f"r.{name}::text" for name in columns.split(", "))


def unsealed(sort, columns):
    """The worker reads rows of the record only until they are sealed, oldest first, a batch at a time."""
    return Function(
        f"audit_unsealed_{sort}(after_at timestamptz, after_id uuid, most integer)", "SETOF text[]", f"""
            SELECT ARRAY[{texts(columns)}] FROM audit_{sort} r
            WHERE (r.at, r.id) > (after_at, after_id)
              AND NOT EXISTS (SELECT 1 FROM audit_sealed s WHERE s.sort = '{sort}' AND s.row = r.id)
            ORDER BY r.at, r.id LIMIT most
            """, to=WORKER, how=HOW)


def oldest(sort):
    return f"""(SELECT r.at FROM audit_{sort} r
                WHERE r.at >= (SELECT audit_seal_from()) AND isfinite(r.at)
                  AND NOT EXISTS (SELECT 1 FROM audit_sealed s WHERE s.sort = '{sort}' AND s.row = r.id)
                ORDER BY r.at LIMIT 1)"""


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("line", models.TextField()),
                ("sort", models.CharField(max_length=6)),
                ("through", models.DateTimeField(null=True)),
                ("outside_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("sort", "anchor")), fields=["number"], name="audit_seal_anchors"),
                    models.Index(condition=models.Q(("outside_at", None)), fields=["number"],
                                 name="audit_seal_not_outside"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("pk", models.CompositePrimaryKey("sort", "row", blank=True, editable=False, primary_key=True,
                                                  serialize=False)),
                ("sort", models.CharField(max_length=8)),
                ("row", models.UUIDField()),
                ("seal", models.BigIntegerField()),
                ("place", models.PositiveIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seal", "place"), name="one_row_in_each_place_of_a_seal"),
                ],
            },
        ),
        migrations.AddIndex("entry", models.Index(fields=["at", "id"], name="audit_entry_at_id")),
        migrations.AddIndex("reading", models.Index(fields=["at", "id"], name="audit_reading_at_id")),
        Guard("audit_seal",
              Policy("worker_reads", "SELECT", using="true", to=WORKER),
              Policy("worker_adds", "INSERT", check="true", to=WORKER),
              Policy("worker_notes", "UPDATE", using="true", to=WORKER),
              worker="SELECT, INSERT, UPDATE (outside_at)"),
        Guard("audit_sealed",
              Policy("worker_adds", "INSERT", check="true", to=WORKER),
              worker="INSERT"),
        # From when on rows may still be waiting: the last time by which all was sealed, less the grace for transactions
        # that began before it and were committed after. After an anchor, from the beginning.
        Function("audit_seal_from()", "timestamptz", f"""
            SELECT coalesce((
                SELECT s.through - {LATE} FROM audit_seal s
                WHERE s.through IS NOT NULL
                  AND s.number > coalesce((SELECT max(a.number) FROM audit_seal a WHERE a.sort = 'anchor'), 0)
                ORDER BY s.number DESC LIMIT 1), '-infinity')
            """, to=WORKER),
        unsealed("entry", ENTRY),
        unsealed("reading", READING),
        # A number of seconds and nothing else, for whoever looks after the house.
        Function("audit_seal_lateness()", "double precision", f"""
            SELECT coalesce(greatest(extract(epoch FROM statement_timestamp() - min(waiting.at)), 0), 0)::double precision
            FROM ({oldest("entry")} UNION ALL {oldest("reading")}) waiting
            """, to=f"{APP}, {WORKER}", how=HOW),
    ]
