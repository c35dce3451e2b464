"""Watches of an office: its own ones, what it proposes, and how many it may have."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATES = ["proposed", "accepted", "refused", "withdrawn"]

TRIGGERS = """
CREATE FUNCTION public.patrol_watchproposal_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('proposed', 'accepted'), ('proposed', 'refused'), ('proposed', 'withdrawn')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_watchproposal: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;

-- What is wanted does not change, and what was decided is said once.
CREATE FUNCTION public.patrol_watchproposal_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' THEN
            RAISE EXCEPTION 'patrol_watchproposal: begins as proposed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'proposed' OR (OLD.office_id, OLD.platform, OLD.kind, OLD.query, OLD.name, OLD.wanted, OLD.pack_ids, OLD.why,
            OLD.proposed_by_id, OLD.proposed_at)
            IS DISTINCT FROM
       (NEW.office_id, NEW.platform, NEW.kind, NEW.query, NEW.name, NEW.wanted, NEW.pack_ids, NEW.why,
            NEW.proposed_by_id, NEW.proposed_at) THEN
        RAISE EXCEPTION 'patrol_watchproposal %: what was proposed and decided does not change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_watchproposal FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_watchproposal_moves();
CREATE TRIGGER content BEFORE INSERT OR UPDATE ON public.patrol_watchproposal FOR EACH ROW
    EXECUTE FUNCTION public.patrol_watchproposal_content();
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_watchproposal FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_watchquota FOR EACH ROW
    EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_watchquota FOR EACH STATEMENT
    EXECUTE FUNCTION public.patrol_refuse_change();
"""


def to(model, **given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **given)


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("patrol", "0070_contacts_of_a_lease")]

    operations = [
        migrations.AddField(
            "watch", "by_office", models.BooleanField(db_default=False, default=False, verbose_name="own watch of the office")
        ),
        migrations.CreateModel(
            name="WatchProposal",
            fields=[
                key(),
                ("platform", models.CharField(max_length=20, verbose_name="platform")),
                ("kind", models.CharField(max_length=20, verbose_name="kind of query")),
                ("query", models.CharField(blank=True, max_length=500, verbose_name="query")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("wanted", models.JSONField()),
                ("pack_ids", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ("why", models.CharField(max_length=500)),
                ("proposed_at", models.DateTimeField()),
                ("state", models.CharField(default="proposed", max_length=20, verbose_name="state")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("decided_by", to(settings.AUTH_USER_MODEL, null=True)),
                ("office", to("patrol.office", verbose_name="office")),
                ("proposed_by", to(settings.AUTH_USER_MODEL)),
                (
                    "watch",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="proposal", to="patrol.watch"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed watch",
                "verbose_name_plural": "proposed watches",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="watch_proposal_state"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="watch_proposal_decided_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "proposed"), ("decided_at__isnull", False), _connector="XOR"),
                        name="watch_proposal_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("state", "withdrawn"), ("decided_by", models.F("proposed_by"))),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="watch_proposal_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "accepted"), ("watch", None), _connector="XOR"), name="watch_proposal_has_watch"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="watch_proposal_answered",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed"), models.Q(("query", ""), _negated=True)),
                        fields=("platform", "kind", "query"),
                        name="watch_proposed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchQuota",
            fields=[
                key(),
                ("most", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("office", to("patrol.office")),
            ],
            options={"ordering": ["-id"], "indexes": [models.Index(fields=["office", "-id"], name="watch_quota_newest")]},
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
