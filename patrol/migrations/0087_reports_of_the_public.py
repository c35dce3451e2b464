"""Reports of the public: what was seen, messages to and fro, pictures, and how to reach whoever reported, sealed and apart."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

STATES = ["received", "read", "asked", "passed_on", "closed", "withdrawn"]
MOVES = [
    ("received", "read"),
    ("received", "asked"),
    ("received", "passed_on"),
    ("received", "closed"),
    ("read", "asked"),
    ("read", "passed_on"),
    ("read", "closed"),
    ("asked", "read"),
    ("asked", "passed_on"),
    ("asked", "closed"),
    ("passed_on", "asked"),
    ("passed_on", "closed"),
    ("closed", "read"),
    *((before, "withdrawn") for before in STATES if before != "withdrawn"),
]
TRIGGERS = f"""
CREATE FUNCTION public.patrol_tip_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN ({", ".join(f"('{before}', '{after}')" for before, after in MOVES)}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_tip: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;

-- What somebody reported is not written anew: it is there as it came, or gone. And what is gone has no message, picture or contact left.
CREATE FUNCTION public.patrol_tip_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.words, NEW."where", NEW."when") IS DISTINCT FROM (OLD.words, OLD."where", OLD."when")
            AND (NEW.words, NEW."where", NEW."when", NEW.emptied_at IS NOT NULL) IS DISTINCT FROM ('', '', '', true)
            OR (NEW.key, NEW.kind, NEW.since, NEW.danger, NEW.at) IS DISTINCT FROM (OLD.key, OLD.kind, OLD.since, OLD.danger, OLD.at)
            OR OLD.emptied_at IS NOT NULL AND NEW.emptied_at IS NULL
            OR NEW.receipt IS NOT NULL AND NEW.receipt IS DISTINCT FROM OLD.receipt THEN
        RAISE EXCEPTION 'patrol_tip %: what was reported does not change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.emptied_at IS NOT NULL AND (EXISTS (SELECT FROM public.patrol_tipmessage WHERE tip_id = NEW.id)
            OR EXISTS (SELECT FROM public.patrol_tipidentity WHERE tip_id = NEW.id)) THEN
        RAISE EXCEPTION 'patrol_tip %: something of it is left', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Nothing comes to a report that is gone: whoever writes locks it, and so does whoever empties it.
CREATE FUNCTION public.patrol_tip_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.patrol_tip WHERE id = NEW.tip_id AND emptied_at IS NOT NULL) THEN
        RAISE EXCEPTION 'patrol_tip %: it is gone', NEW.tip_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_tip FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_tip_moves();
CREATE TRIGGER content BEFORE UPDATE ON public.patrol_tip FOR EACH ROW EXECUTE FUNCTION public.patrol_tip_content();
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_tip FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER part BEFORE INSERT OR UPDATE ON public.patrol_tipmessage FOR EACH ROW EXECUTE FUNCTION public.patrol_tip_part();
CREATE TRIGGER part BEFORE INSERT OR UPDATE ON public.patrol_tippicture FOR EACH ROW EXECUTE FUNCTION public.patrol_tip_part();
CREATE TRIGGER part BEFORE INSERT OR UPDATE ON public.patrol_tipidentity FOR EACH ROW EXECUTE FUNCTION public.patrol_tip_part();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_tipevent FOR EACH ROW
    EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_tipevent FOR EACH STATEMENT
    EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_identityrequest FOR EACH ROW
    EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_identityrequest FOR EACH STATEMENT
    EXECUTE FUNCTION public.patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0086_places_named")]

    operations = [
        migrations.CreateModel(
            name="TipDraftPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("sealed", models.BinaryField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("receipt", models.CharField(max_length=64, null=True, unique=True)),
                ("last_digits", models.CharField(blank=True, max_length=4)),
                ("language", models.CharField(default="id", max_length=2)),
                ("kind", models.CharField(max_length=20)),
                ("words", models.TextField(blank=True)),
                ("where", models.CharField(blank=True, max_length=200)),
                ("when", models.CharField(blank=True, max_length=200)),
                ("since", models.CharField(blank=True, max_length=20)),
                ("danger", models.BooleanField(default=False)),
                ("state", models.CharField(default="received", max_length=20, verbose_name="state")),
                ("at", models.DateTimeField(verbose_name="received")),
                ("waits_since", models.DateTimeField(null=True)),
                ("bands", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list)),
                ("exact", models.CharField(blank=True, max_length=64)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("closed_at", models.DateTimeField(null=True)),
                ("bad_faith_at", models.DateTimeField(null=True)),
                ("emptied_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "bad_faith_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tips", to="patrol.office", verbose_name="office"
                    ),
                ),
                ("post", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="tips", to="patrol.post")),
                (
                    "same_as",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="patrol.tip"),
                ),
            ],
            options={"verbose_name": "report of the public", "verbose_name_plural": "reports of the public"},
        ),
        migrations.CreateModel(
            name="IdentityRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=20)),
                ("reply_to", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
                ("tip", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="identity_requests", to="patrol.tip")),
            ],
        ),
        migrations.CreateModel(
            name="TipEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
                ("tip", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="patrol.tip")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="TipIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("tip", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="identity", to="patrol.tip")),
            ],
        ),
        migrations.CreateModel(
            name="TipMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("tip", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="patrol.tip")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="TipPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                (
                    "message",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="patrol.tipmessage"
                    ),
                ),
                ("tip", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="patrol.tip")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="IdentityAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField(null=True)),
                ("refused", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="patrol.identityrequest"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused", ""), ("sealed__isnull", False)),
                            models.Q(("sealed", None), models.Q(("refused", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="identity_answered",
                    )
                ]
            },
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(condition=models.Q(("waits_since__isnull", False)), fields=["office", "waits_since"], name="tip_waits"),
        ),
        migrations.AddIndex(model_name="tip", index=models.Index(fields=["-at", "-id"], name="tip_newest")),
        migrations.AddIndex(
            model_name="tip", index=models.Index(condition=models.Q(("exact", ""), _negated=True), fields=["exact"], name="tip_exact")
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False), ("emptied_at", None)), fields=["closed_at"], name="tip_runs_out"
            ),
        ),
        migrations.AddIndex(model_name="tip", index=django.contrib.postgres.indexes.GinIndex(fields=["bands"], name="tip_bands")),
        migrations.AddConstraint(
            model_name="tip", constraint=models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="tip_state")
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["advert", "account", "number", "person"])), name="tip_kind"),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__in", ["", "offered", "paid", "papers", "left", "unknown"])), name="tip_since"
            ),
        ),
        migrations.AddConstraint(
            model_name="tip", constraint=models.CheckConstraint(condition=models.Q(("language__in", ["id", "en"])), name="tip_language")
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bad_faith_at__isnull", False), ("bad_faith_by__isnull", False)),
                    models.Q(("bad_faith_at__isnull", True), ("bad_faith_by__isnull", True)),
                    _connector="OR",
                ),
                name="tip_bad_faith_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("outcome__in", ["acted", "known", "advised", "nothing", "elsewhere", "unclear"]),
                        ("state", "closed"),
                    ),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None), ("outcome", "")),
                    _connector="OR",
                ),
                name="tip_closed_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(("emptied_at", None), models.Q(("receipt", None), ("waits_since", None)), _connector="OR"),
                name="tip_emptied",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state__in", ["closed", "withdrawn"]), _negated=True), ("waits_since", None), _connector="OR"),
                name="tip_ended_waits_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "withdrawn"), _negated=True), ("emptied_at__isnull", False), _connector="OR"),
                name="tip_withdrawn_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as", None), models.Q(("danger", False), models.Q(("since", "left"), _negated=True)), _connector="OR"
                ),
                name="tip_danger_alone",
            ),
        ),
        migrations.AddIndex(model_name="identityrequest", index=models.Index(fields=["by", "-asked_at"], name="identity_by_person")),
        migrations.AddConstraint(
            model_name="identityrequest",
            constraint=models.CheckConstraint(condition=models.Q(("purpose__in", ["ask", "help", "witness"])), name="identity_purpose"),
        ),
        migrations.AddConstraint(
            model_name="tipevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "received",
                            "read",
                            "asked",
                            "answered",
                            "replied",
                            "passed_on",
                            "taken_in",
                            "joined",
                            "moved",
                            "parted",
                            "bad_faith",
                            "good_faith",
                            "identity_asked",
                            "closed",
                            "reopened",
                            "withdrawn",
                            "ran_out",
                        ],
                    )
                ),
                name="tip_event_kind",
            ),
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
