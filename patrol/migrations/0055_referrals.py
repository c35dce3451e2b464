"""Requests to outside bodies, with what the database holds them to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION public.patrol_referral_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('accepted', 'acted_upon'), ('accepted', 'clarification_asked'), ('accepted', 'no_response'),
        ('accepted', 'partly_done'), ('accepted', 'refused'), ('acted_upon', 'accepted'),
        ('acted_upon', 'clarification_asked'), ('acted_upon', 'partly_done'), ('acted_upon', 'refused'),
        ('approved', 'draft'), ('approved', 'sent'), ('approved', 'withdrawn'), ('clarification_asked', 'accepted'),
        ('clarification_asked', 'acted_upon'), ('clarification_asked', 'partly_done'),
        ('clarification_asked', 'refused'), ('clarification_asked', 'sent'), ('clarification_asked', 'withdrawn'),
        ('contact_failed', 'sent'), ('contact_failed', 'withdrawn'), ('draft', 'submitted'), ('draft', 'withdrawn'),
        ('no_response', 'accepted'), ('no_response', 'acted_upon'), ('no_response', 'clarification_asked'),
        ('no_response', 'partly_done'), ('no_response', 'received'), ('no_response', 'refused'),
        ('partly_done', 'accepted'), ('partly_done', 'acted_upon'), ('partly_done', 'clarification_asked'),
        ('partly_done', 'refused'), ('received', 'accepted'), ('received', 'acted_upon'),
        ('received', 'clarification_asked'), ('received', 'no_response'), ('received', 'partly_done'),
        ('received', 'refused'), ('refused', 'accepted'), ('refused', 'acted_upon'),
        ('refused', 'clarification_asked'), ('refused', 'partly_done'), ('sent', 'accepted'), ('sent', 'acted_upon'),
        ('sent', 'clarification_asked'), ('sent', 'contact_failed'), ('sent', 'no_response'),
        ('sent', 'partly_done'), ('sent', 'received'), ('sent', 'refused'), ('submitted', 'approved'),
        ('submitted', 'draft'), ('submitted', 'withdrawn')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_referral: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;

-- What is asked is written in a draft alone, and begins as one: what was submitted, approved and sent is one and the same.
CREATE FUNCTION public.patrol_referral_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'patrol_referral %: begins as a draft', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.number, OLD.case_id, OLD.channel, OLD.from_directorate, OLD.needs_copies, OLD.round, OLD.before_id, OLD.wrote_by_id)
            IS DISTINCT FROM
           (NEW.number, NEW.case_id, NEW.channel, NEW.from_directorate, NEW.needs_copies, NEW.round, NEW.before_id, NEW.wrote_by_id) THEN
            RAISE EXCEPTION 'patrol_referral %: what it is does not change', OLD.number USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state <> 'draft'
            AND (OLD.target, OLD.urgent, OLD.together, OLD.facts) IS DISTINCT FROM (NEW.target, NEW.urgent, NEW.together, NEW.facts) THEN
            RAISE EXCEPTION 'patrol_referral %: its content is changed in a draft alone', OLD.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.patrol_referral_items() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'patrol_referralitem: a line is put in or taken out, never changed' USING ERRCODE = 'check_violation';
    END IF;
    SELECT state INTO STRICT was FROM public.patrol_referral
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.referral_id ELSE NEW.referral_id END FOR SHARE;
    IF was <> 'draft' THEN
        RAISE EXCEPTION 'patrol_referralitem: lines are changed in a draft alone' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION public.patrol_referral_looked_through() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

-- Looked through by this transaction as it stands now, with a line at least; and what SQL can see of it: copies, and that the posts are
-- confirmed as flags.
CREATE FUNCTION public.patrol_referral_complete() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE lines bigint;
BEGIN
    SELECT count(*) INTO lines FROM public.patrol_referralitem WHERE referral_id = NEW.id;
    IF lines = 0 OR NOT EXISTS (
        SELECT FROM public.patrol_referralcompleteness c WHERE c.referral_id = NEW.id AND c.version = OLD.version AND c.items = lines
            AND c.transaction = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'patrol_referral %: not found complete', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.needs_copies AND EXISTS (
        SELECT FROM public.patrol_referralitem i JOIN public.patrol_flag f ON f.id = i.flag_id
        WHERE i.referral_id = NEW.id AND NOT EXISTS (
            SELECT FROM public.patrol_capture c WHERE c.post_id = f.post_id AND c.kind IN ('page', 'screenshot')) AND NOT EXISTS (
            SELECT FROM public.patrol_postversion v JOIN public.patrol_capture c ON c.id = v.capture_id
            WHERE v.post_id = f.post_id AND c.kind = 'page')) THEN
        RAISE EXCEPTION 'patrol_referral %: a post has no preserved copy', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.patrol_referralitem i JOIN public.patrol_flag f ON f.id = i.flag_id
        WHERE i.referral_id = NEW.id AND i.kind <> 'person' AND f.state <> 'confirmed') THEN
        RAISE EXCEPTION 'patrol_referral %: a post is not confirmed', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Another person than everybody who wrote, changed or submitted this round.
CREATE FUNCTION public.patrol_referral_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE half bigint; why text;
BEGIN
    FOR half IN
        SELECT by_id FROM public.patrol_referralevent WHERE referral_id = NEW.id AND kind IN ('drafted', 'changed', 'submitted')
        UNION SELECT unnest(ARRAY[NEW.wrote_by_id, NEW.changed_by_id, NEW.submitted_by_id])
    LOOP
        why := public.patrol_pair_refused(half, NEW.approved_by_id, NEW.approved_at);
        IF why <> '' THEN
            RAISE EXCEPTION 'patrol_referral %: no second person (%)', OLD.number, why USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE FUNCTION public.patrol_referral_sender() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.patrol_person p JOIN public.patrol_office o ON o.id = p.office_id
        WHERE p.id = NEW.sent_by_id AND o.kind = 'directorate') THEN
        RAISE EXCEPTION 'patrol_referral %: goes out from the directorate', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A case is closed once nothing of it hangs, and nothing begins to hang in a closed one. The row of the case is held meanwhile, so that
-- the two wait for each other.
CREATE FUNCTION public.patrol_referral_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was text;
BEGIN
    SELECT state INTO STRICT was FROM public.patrol_case WHERE id = NEW.case_id FOR SHARE;
    IF was = 'closed' THEN
        RAISE EXCEPTION 'patrol_referral %: the case is closed', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.patrol_case_hanging() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.patrol_referral WHERE case_id = NEW.id AND state IN ('approved', 'clarification_asked', 'contact_failed', 'draft', 'received', 'sent', 'submitted')) THEN
        RAISE EXCEPTION 'patrol_case %: a referral hangs', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_referral FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_referral_moves();
CREATE TRIGGER content BEFORE INSERT OR UPDATE ON public.patrol_referral FOR EACH ROW EXECUTE FUNCTION public.patrol_referral_content();
CREATE TRIGGER complete BEFORE UPDATE OF state ON public.patrol_referral FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state = 'submitted') EXECUTE FUNCTION public.patrol_referral_complete();
CREATE TRIGGER pair BEFORE UPDATE OF approved_by_id ON public.patrol_referral FOR EACH ROW
    WHEN (NEW.approved_by_id IS NOT NULL) EXECUTE FUNCTION public.patrol_referral_pair();
CREATE TRIGGER sender BEFORE UPDATE OF sent_by_id ON public.patrol_referral FOR EACH ROW
    WHEN (NEW.sent_by_id IS NOT NULL AND NEW.from_directorate) EXECUTE FUNCTION public.patrol_referral_sender();
CREATE TRIGGER of_open_case BEFORE INSERT ON public.patrol_referral FOR EACH ROW EXECUTE FUNCTION public.patrol_referral_case();
CREATE TRIGGER of_open_case_again BEFORE UPDATE OF state ON public.patrol_referral FOR EACH ROW
    WHEN (NEW.state IN ('approved', 'clarification_asked', 'contact_failed', 'draft', 'received', 'sent', 'submitted') AND NOT OLD.state IN ('approved', 'clarification_asked', 'contact_failed', 'draft', 'received', 'sent', 'submitted')) EXECUTE FUNCTION public.patrol_referral_case();
CREATE TRIGGER in_draft BEFORE INSERT OR UPDATE OR DELETE ON public.patrol_referralitem FOR EACH ROW
    EXECUTE FUNCTION public.patrol_referral_items();
CREATE TRIGGER looked_through BEFORE INSERT ON public.patrol_referralcompleteness FOR EACH ROW
    EXECUTE FUNCTION public.patrol_referral_looked_through();
CREATE TRIGGER hanging BEFORE UPDATE OF state ON public.patrol_case FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_case_hanging();
"""

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""
APPEND_ONLY = ("patrol_referralcompleteness", "patrol_itemanswer", "patrol_referralevent", "patrol_channelconfirmation")

CASE_MOVES = """
CREATE OR REPLACE FUNCTION public.patrol_case_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('closed', 'in_analysis'), ('closed', 'opened'), ('escalated', 'closed'), ('escalated', 'in_analysis'),
        ('escalated', 'opened'), ('in_analysis', 'closed'), ('in_analysis', 'opened'), ('in_analysis', 'referred'),
        ('opened', 'closed'), ('opened', 'escalated'), ('opened', 'referred'), ('referred', 'closed'),
        ('referred', 'escalated'), ('referred', 'opened')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_case: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
"""


def guard(apps, schema_editor):
    schema_editor.execute(FUNCTIONS, params=None)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows with checks still to come hold their tables
    schema_editor.execute(TRIGGERS, params=None)
    schema_editor.execute(CASE_MOVES, params=None)
    for table in APPEND_ONLY:
        schema_editor.execute(GUARDS.format(table=table), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0054_ticks")]

    operations = [
        migrations.CreateModel(
            name="ChannelConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=30)),
                ("digest", models.CharField(max_length=64)),
                ("letter", models.CharField(max_length=200)),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ItemAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(max_length=20)),
                ("ground", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("day", models.DateField()),
                ("automated", models.BooleanField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("channel", models.CharField(max_length=30, verbose_name="channel")),
                ("from_directorate", models.BooleanField()),
                ("needs_copies", models.BooleanField()),
                ("target", models.CharField(blank=True, max_length=200, verbose_name="to whom")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                ("state", models.CharField(default="draft", max_length=20, verbose_name="state")),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("together", models.TextField(blank=True)),
                ("facts", models.JSONField(default=dict)),
                ("wrote_at", models.DateTimeField(verbose_name="written")),
                ("changed_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("sent_how", models.CharField(blank=True, max_length=20)),
                ("receipt", models.CharField(blank=True, max_length=300)),
                ("due_at", models.DateTimeField(null=True, verbose_name="their time")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("received_at", models.DateTimeField(null=True)),
                ("their_number", models.CharField(blank=True, max_length=120)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={"verbose_name": "referral", "verbose_name_plural": "referrals"},
        ),
        migrations.CreateModel(
            name="ReferralCompleteness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("items", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("transaction", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReferralEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("detail", models.CharField(blank=True, max_length=200)),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="ReferralItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(blank=True, max_length=2000)),
                ("mark", models.CharField(max_length=16)),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RemoveConstraint(model_name="case", name="case_state"),
        migrations.RemoveConstraint(model_name="case", name="case_in_analysis_by_somebody"),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["opened", "escalated", "in_analysis", "referred", "closed"])), name="case_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["in_analysis", "referred"]), _negated=True), ("responsible__isnull", False), _connector="OR"
                ),
                name="case_in_analysis_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opened",
                            "flag_added",
                            "flag_removed",
                            "escalated",
                            "taken",
                            "passed_on",
                            "returned",
                            "note",
                            "message",
                            "kind_set",
                            "article_added",
                            "article_removed",
                            "ticked",
                            "unticked",
                            "referred",
                            "came_back",
                            "closed",
                            "reopened",
                            "attached",
                            "attachment_withdrawn",
                            "merged",
                            "unmerged",
                            "task_added",
                            "task_assigned",
                            "task_due",
                            "task_done",
                            "task_reopened",
                            "task_dropped",
                            "flag_near",
                            "link_down",
                            "link_back",
                        ],
                    )
                ),
                name="case_event_kind",
            ),
        ),
        migrations.AddField(
            model_name="channelconfirmation",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="itemanswer",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="itemanswer",
            name="file",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="referral",
            name="approved_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="referral",
            name="before",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="later", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="referral",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="patrol.case"),
        ),
        migrations.AddField(
            model_name="referral",
            name="changed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="referral",
            name="receipt_file",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="referral",
            name="sent_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="referral",
            name="submitted_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="referral",
            name="wrote_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="notice",
            name="referral",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="referralcompleteness",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="referralcompleteness",
            name="referral",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="completeness", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="referralevent",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="referralevent",
            name="referral",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="referralitem",
            name="flag",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.flag"),
        ),
        migrations.AddField(
            model_name="referralitem",
            name="indicator",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.indicator"),
        ),
        migrations.AddField(
            model_name="referralitem",
            name="protection",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.protection"),
        ),
        migrations.AddField(
            model_name="referralitem",
            name="referral",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="itemanswer",
            name="item",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="patrol.referralitem"),
        ),
        migrations.AddIndex(model_name="referral", index=models.Index(fields=["-wrote_at", "-id"], name="referral_newest")),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("answered_at", None), ("state__in", ["received", "sent"])), fields=["due_at"], name="referral_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "approved",
                            "sent",
                            "received",
                            "contact_failed",
                            "no_response",
                            "clarification_asked",
                            "accepted",
                            "partly_done",
                            "acted_upon",
                            "refused",
                            "withdrawn",
                        ],
                    )
                ),
                name="referral_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_how__in", ["", "portal", "mail", "letter", "handed", "other"])), name="referral_sent_how"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                    _connector="OR",
                ),
                name="referral_submitted_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    _connector="OR",
                ),
                name="referral_approved_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at__isnull", False), ("sent_at__isnull", False), ("sent_by__isnull", False)),
                    models.Q(("due_at__isnull", True), ("sent_at__isnull", True), ("sent_by__isnull", True)),
                    _connector="OR",
                ),
                name="referral_sent_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "draft"), _negated=True), models.Q(("approved_at", None), ("submitted_at", None)), _connector="OR"
                ),
                name="referral_draft_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True),
                    models.Q(("approved_at", None), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="referral_submitted_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "submitted", "withdrawn"]),
                    models.Q(("approved_at__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="referral_approved_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["approved", "draft", "submitted", "withdrawn"]), ("sent_at__isnull", False), _connector="OR"
                ),
                name="referral_sent_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", None), ("round", 1)), models.Q(("before__isnull", False), ("round__gt", 1)), _connector="OR"
                ),
                name="referral_round_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True), fields=("before",), name="referral_next_round_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="referralevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "drafted",
                            "changed",
                            "submitted",
                            "sent_back",
                            "approved",
                            "packet_taken",
                            "sent",
                            "received",
                            "contact_failed",
                            "no_response",
                            "answered",
                            "replied",
                            "withdrawn",
                            "came_back",
                        ],
                    )
                ),
                name="referral_event_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["link", "phone", "bank_account", "account", "agency", "person"])),
                name="referral_item_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralitem", constraint=models.UniqueConstraint(fields=("referral", "mark"), name="referral_item_once")
        ),
        migrations.AddConstraint(
            model_name="referralitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "person"), ("protection__isnull", False), ("value", "")),
                    models.Q(models.Q(("kind", "person"), _negated=True), ("protection", None)),
                    _connector="OR",
                ),
                name="referral_item_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["link", "person"]), ("indicator__isnull", False), _connector="OR"),
                name="referral_item_indicator",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["acted_upon", "partly_done", "accepted", "clarification_asked", "refused"])),
                name="item_answer_outcome",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
