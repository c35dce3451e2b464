"""Objections to decisions, and corrections of what was sent, with what the database holds them to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Everybody who had a hand in what an objection is against: who decided the flag, looked at that decision a second time, wanted or approved
# it for many at once; and who entered the objection.
FUNCTIONS = """
CREATE FUNCTION public.patrol_objection_halves(objection bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT entered_by_id FROM public.patrol_objection WHERE id = objection
UNION
SELECT d.by_id FROM public.patrol_objection o JOIN public.patrol_decision x ON x.id = o.decision_id
    JOIN public.patrol_decision d ON d.flag_id = x.flag_id WHERE o.id = objection
UNION
SELECT r.by_id FROM public.patrol_objection o JOIN public.patrol_decision x ON x.id = o.decision_id
    JOIN public.patrol_draw w ON w.flag_id = x.flag_id JOIN public.patrol_review r ON r.draw_id = w.id WHERE o.id = objection
UNION
SELECT who FROM public.patrol_objection o JOIN public.patrol_decision x ON x.id = o.decision_id
    JOIN public.patrol_decision c ON c.id = x.id OR c.batch = x.batch
    JOIN public.patrol_bulkentry e ON e.decision_id = c.id JOIN public.patrol_bulk b ON b.id = e.bulk_id
    CROSS JOIN LATERAL unnest(ARRAY[b.by_id, b.approved_by_id]) who
    WHERE o.id = objection AND who IS NOT NULL
$$;

CREATE FUNCTION public.patrol_objection_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('entered', 'decided'), ('entered', 'withdrawn')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_objection: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.patrol_objection_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE half bigint; why text;
BEGIN
    FOR half IN SELECT public.patrol_objection_halves(NEW.id) LOOP
        why := public.patrol_pair_refused(half, NEW.ended_by_id, NEW.ended_at);
        IF why <> '' THEN
            RAISE EXCEPTION 'patrol_objection %: decided by no other person (%)', OLD.number, why USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- What came in stays as it came, but that words of a person can be blanked; what was decided and answered is said once.
CREATE FUNCTION public.patrol_objection_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'entered' THEN
            RAISE EXCEPTION 'patrol_objection %: begins as entered', NEW.number USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.number, OLD.decision_id, OLD.office_id, OLD.side, OLD.how, OLD.day, OLD.file_id, OLD.entered_by_id, OLD.entered_at, OLD.due_at)
            IS DISTINCT FROM
       (NEW.number, NEW.decision_id, NEW.office_id, NEW.side, NEW.how, NEW.day, NEW.file_id, NEW.entered_by_id, NEW.entered_at, NEW.due_at)
        OR NEW.name NOT IN (OLD.name, '') OR NEW.contact NOT IN (OLD.contact, '') OR NEW.text NOT IN (OLD.text, '') THEN
        RAISE EXCEPTION 'patrol_objection %: what came in does not change', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state <> 'entered' AND (OLD.outcome, OLD.ground, OLD.put_right, OLD.ended_by_id, OLD.ended_at) IS DISTINCT FROM
            (NEW.outcome, NEW.ground, NEW.put_right, NEW.ended_by_id, NEW.ended_at)
        OR OLD.correction_id IS NOT NULL AND OLD.correction_id IS DISTINCT FROM NEW.correction_id
        OR OLD.answered_at IS NOT NULL AND (OLD.answered_at, OLD.answered_by_id, OLD.answered_how) IS DISTINCT FROM
            (NEW.answered_at, NEW.answered_by_id, NEW.answered_how) THEN
        RAISE EXCEPTION 'patrol_objection %: said once', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_objection FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_objection_moves();
CREATE TRIGGER pair BEFORE UPDATE OF state ON public.patrol_objection FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state = 'decided') EXECUTE FUNCTION public.patrol_objection_pair();
CREATE TRIGGER content BEFORE INSERT OR UPDATE ON public.patrol_objection FOR EACH ROW EXECUTE FUNCTION public.patrol_objection_content();
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_objection FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
"""

# As in 0058 and 0055; a correction says for ever what it corrects, and is of posts that are confirmed no more.
REFERRALS = """
CREATE OR REPLACE FUNCTION public.patrol_referral_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'patrol_referral %: begins as a draft', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.number, OLD.case_id, OLD.channel, OLD.from_directorate, OLD.needs_copies, OLD.has_letter, OLD.round, OLD.before_id,
            OLD.wrote_by_id, OLD.corrects_id, OLD.objection_id)
            IS DISTINCT FROM
           (NEW.number, NEW.case_id, NEW.channel, NEW.from_directorate, NEW.needs_copies, NEW.has_letter, NEW.round, NEW.before_id,
            NEW.wrote_by_id, NEW.corrects_id, NEW.objection_id) THEN
            RAISE EXCEPTION 'patrol_referral %: what it is does not change', OLD.number USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.letter_number <> ''
            AND (OLD.letter_number, OLD.letter_office_id) IS DISTINCT FROM (NEW.letter_number, NEW.letter_office_id) THEN
            RAISE EXCEPTION 'patrol_referral %: its letter keeps its number', OLD.number USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state <> 'draft'
            AND (OLD.target, OLD.urgent, OLD.together, OLD.facts) IS DISTINCT FROM (NEW.target, NEW.urgent, NEW.together, NEW.facts) THEN
            RAISE EXCEPTION 'patrol_referral %: its content is changed in a draft alone', OLD.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION public.patrol_referral_complete() RETURNS trigger
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
    IF NEW.corrects_id IS NULL AND EXISTS (
        SELECT FROM public.patrol_referralitem i JOIN public.patrol_flag f ON f.id = i.flag_id
        WHERE i.referral_id = NEW.id AND i.kind <> 'person' AND f.state <> 'confirmed') THEN
        RAISE EXCEPTION 'patrol_referral %: a post is not confirmed', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def guard(apps, schema_editor):
    schema_editor.execute(FUNCTIONS, params=None)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows with checks still to come hold their tables
    schema_editor.execute(TRIGGERS, params=None)
    schema_editor.execute(REFERRALS, params=None)


KEY = {"auto_created": True, "primary_key": True, "serialize": False, "verbose_name": "ID"}


def to(model, **given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model, **({"related_name": "+"} | given))


def one_of(field, values, name):
    return models.CheckConstraint(condition=models.Q((f"{field}__in", values)), name=name)


def together(one, *others, name):
    every = [(f"{field}__isnull", False) for field in sorted((one, *others))]
    none = [(f"{field}__isnull", True) for field in sorted((one, *others))]
    return models.CheckConstraint(condition=models.Q(models.Q(*every), models.Q(*none), _connector="OR"), name=name)


PUT_RIGHT = ("outcome__in", ["upheld", "partly"])

CASE_EVENTS = [
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
    "seen_again",
    "not_again",
    "corrected",
]
REFERRAL_EVENTS = [
    "drafted",
    "changed",
    "submitted",
    "sent_back",
    "approved",
    "packet_taken",
    "mail_asked",
    "mail_taken_back",
    "mail_refused",
    "mail_unknown",
    "sent",
    "received",
    "contact_failed",
    "no_response",
    "answered",
    "replied",
    "withdrawn",
    "came_back",
    "not_again",
    "corrected",
]


class Migration(migrations.Migration):
    dependencies = [("patrol", "0060_sendings")]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("side", models.CharField(max_length=20)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("contact", models.CharField(blank=True, max_length=300)),
                ("how", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("state", models.CharField(default="entered", max_length=20, verbose_name="state")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("ground", models.TextField(blank=True)),
                ("put_right", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_how", models.CharField(blank=True, max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("decision", to("patrol.decision", related_name="objections")),
                ("office", to("patrol.office", verbose_name="office")),
                ("file", to("patrol.capture", null=True)),
                ("entered_by", to(settings.AUTH_USER_MODEL)),
                ("correction", to("patrol.decision", null=True)),
                ("ended_by", to(settings.AUTH_USER_MODEL, null=True)),
                ("answered_by", to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={"verbose_name": "objection", "verbose_name_plural": "objections"},
        ),
        migrations.AddField("notice", "objection", to("patrol.objection", null=True, related_name="notices")),
        migrations.AddField("referral", "corrects", to("patrol.referral", null=True, related_name="corrections")),
        migrations.AddField("referral", "objection", to("patrol.objection", null=True, related_name="corrections")),
        migrations.AddConstraint("referral", together("corrects", "objection", name="referral_correction_pair")),
        migrations.AddConstraint("referral", models.UniqueConstraint(fields=("corrects", "objection"), name="referral_correction_once")),
        migrations.RemoveConstraint("caseevent", "case_event_kind"),
        migrations.AddConstraint("caseevent", one_of("kind", CASE_EVENTS, "case_event_kind")),
        migrations.RemoveConstraint("referralevent", "referral_event_kind"),
        migrations.AddConstraint("referralevent", one_of("kind", REFERRAL_EVENTS, "referral_event_kind")),
        migrations.AddIndex("objection", models.Index(fields=["-entered_at", "-id"], name="objection_newest")),
        migrations.AddIndex(
            "objection", models.Index(condition=models.Q(("state", "entered")), fields=["office", "due_at"], name="objection_due")
        ),
        migrations.AddConstraint("objection", one_of("state", ["entered", "decided", "withdrawn"], "objection_state")),
        migrations.AddConstraint("objection", one_of("side", ["named", "agency", "reporter"], "objection_side")),
        migrations.AddConstraint("objection", one_of("how", ["letter", "mail", "in_person"], "objection_how")),
        migrations.AddConstraint("objection", one_of("answered_how", ["", "letter", "mail", "in_person"], "objection_answered_how")),
        migrations.AddConstraint("objection", together("ended_by", "ended_at", name="objection_ended_pair")),
        migrations.AddConstraint("objection", together("answered_by", "answered_at", name="objection_answered_pair")),
        migrations.AddConstraint(
            "objection",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome__in", ["upheld", "partly", "rejected", "inadmissible"]),
                        ("state", "decided"),
                        models.Q(("ground", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "decided"), _negated=True),
                        ("answered_at", None),
                        ("correction", None),
                        ("outcome", ""),
                        ("put_right", ""),
                    ),
                    _connector="OR",
                ),
                name="objection_decided_state",
            ),
        ),
        migrations.AddConstraint(
            "objection",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "entered")),
                    models.Q(models.Q(("state", "entered"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="objection_ended_state",
            ),
        ),
        migrations.AddConstraint(
            "objection",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(PUT_RIGHT, models.Q(("put_right", ""), _negated=True)),
                    models.Q(models.Q(PUT_RIGHT, _negated=True), ("put_right", "")),
                    _connector="OR",
                ),
                name="objection_put_right",
            ),
        ),
        migrations.AddConstraint(
            "objection",
            models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True), fields=("decision", "side"), name="objection_once"
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
