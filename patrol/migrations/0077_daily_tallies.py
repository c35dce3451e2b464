"""Counts of each day, kept in the transaction of what happens; those of the days before are counted here, from the events."""

import django.db.models.deletion
from django.db import migrations, models

# What flags count for. A statement's new events or decisions change it by what the flags count for with them less without them, so that
# also what a row says of an earlier one (taken back, handed over) comes right, in whatever order rows arrive.
# `new_events`, `new_decisions`: null asks for the whole count.
OF_FLAGS = """
CREATE FUNCTION public.patrol_tally_of_flags(wanted bigint[], new_events bigint[], new_decisions bigint[])
RETURNS TABLE (day date, office_id bigint, what text, level text, count bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH sides AS (
    SELECT 1 AS sign UNION ALL SELECT -1 WHERE new_events IS NOT NULL
), happened AS (
    SELECT s.sign, e.flag_id, e.at, 0 AS rank, e.id,
           CASE WHEN e.kind <> 'raised' THEN e.before->>'state' END AS was,
           CASE WHEN e.kind = 'raised' OR e.before->>'state' IS DISTINCT FROM e.after->>'state' THEN e.after->>'state' END AS becomes,
           e.after->>'state' = 'waiting' AS waits, e.after->>'level' AS level, NULL AS outcome,
           NULL::timestamptz AS undone_at, NULL::timestamptz AS undoes_at, NULL AS undoes_from,
           CASE WHEN e.kind = 'handed_over' THEN (e.before->>'office')::bigint END AS giver,
           CASE WHEN e.kind = 'handed_over' THEN (e.after->>'office')::bigint END AS taker
      FROM unnest(wanted) w (flag_id) JOIN patrol_flagevent e ON e.flag_id = w.flag_id CROSS JOIN sides s
     WHERE (e.kind = 'handed_over' OR e.after->>'state' IS NOT NULL) AND (s.sign = 1 OR e.id <> ALL (new_events))
    UNION ALL
    -- Who was harmed is known to their own office: counted, the flag is dismissed like any other.
    SELECT s.sign, d.flag_id, d.at, 1, d.id, d.state_before, d.state_after, NULL, d.level_then,
           CASE d.outcome WHEN 'victim' THEN 'dismissed' ELSE d.outcome END, undoing.at, undone.at, undone.state_before, NULL, NULL
      FROM unnest(wanted) w (flag_id) JOIN patrol_decision d ON d.flag_id = w.flag_id CROSS JOIN sides s
      LEFT JOIN patrol_decision undoing ON undoing.reverses_id = d.id AND (s.sign = 1 OR undoing.id <> ALL (new_decisions))
      LEFT JOIN patrol_decision undone ON undone.id = d.reverses_id
     WHERE s.sign = 1 OR d.id <> ALL (new_decisions)
), ordered AS (
    SELECT h.*, h.at AT TIME ZONE 'Asia/Jakarta' AS local, date_trunc('week', h.at AT TIME ZONE 'Asia/Jakarta') AS monday,
           count(h.becomes) OVER past AS changes, count(h.taker) OVER past AS turns,
           COALESCE(bool_or(h.waits) OVER (past ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS again
      FROM happened h
    WINDOW past AS (PARTITION BY h.flag_id, h.sign ORDER BY h.at, h.rank, h.id)
), placed AS (
    SELECT o.sign, o.rank, o.local, o.monday, o.was, o.becomes, o.level, o.outcome, o.again, o.undoes_from, o.giver, o.taker,
           o.undoes_at AT TIME ZONE 'Asia/Jakarta' AS undoes,
           o.undone_at AT TIME ZONE 'Asia/Jakarta' AS undone,
           COALESCE(
               first_value(o.taker) OVER (PARTITION BY o.flag_id, o.sign, o.turns ORDER BY o.at, o.rank, o.id),
               (SELECT (h.before->>'office')::bigint FROM patrol_flagevent h
                 WHERE h.flag_id = o.flag_id AND h.kind = 'handed_over' ORDER BY h.at, h.id LIMIT 1),
               f.office_id) AS office,
           first_value(o.becomes) OVER standing AS stands,
           first_value(o.was) OVER standing AS stood,
           first_value(o.local) OVER standing AS since,
           first_value(o.undone_at AT TIME ZONE 'Asia/Jakarta') OVER standing AS fell
      FROM ordered o JOIN patrol_flag f ON f.id = o.flag_id
    WINDOW standing AS (PARTITION BY o.flag_id, o.sign, o.changes ORDER BY o.at, o.rank, o.id)
), judged AS (
    SELECT p.*, p.rank = 0 AND p.becomes = 'waiting' AND COALESCE(p.was, 'parked') = 'parked' AND NOT p.again AS flagged,
           -- Taken back within the week it leaves no trace.
           p.rank = 1 AND p.undoes IS NULL AND COALESCE(p.undone >= p.monday + interval '7 days', true) AS decided,
           p.giver <> p.taker AND (p.stands = 'waiting'
               OR p.stood = 'waiting' AND p.since >= p.monday AND p.fell < p.monday + interval '7 days') AS handed
      FROM placed p
)
SELECT j.local::date, c.office, c.what, c.level, sum(j.sign)
  FROM judged j CROSS JOIN LATERAL (VALUES
       (j.office, CASE WHEN j.flagged THEN 'flagged' END, COALESCE(j.level, '')),
       (j.office, CASE
            WHEN j.rank = 0 AND j.becomes = 'waiting' AND NOT j.flagged THEN 'returned'
            WHEN j.rank = 0 AND j.was = 'waiting' AND j.becomes IS NOT NULL THEN 'lowered'
            WHEN j.becomes = 'waiting' AND (j.undoes < j.monday OR j.undoes_from <> 'waiting') THEN 'returned' END, ''),
       (j.office, CASE WHEN j.decided THEN j.outcome END, COALESCE(j.level, '')),
       (j.office, CASE WHEN j.decided AND j.was = 'waiting' THEN 'left' END, ''),
       (j.taker, CASE WHEN j.handed THEN 'handed_in' END, ''),
       (j.giver, CASE WHEN j.handed THEN 'handed_out' END, '')) c (office, what, level)
 WHERE c.what IS NOT NULL
 GROUP BY 1, 2, 3, 4 HAVING sum(j.sign) <> 0
$$;
"""

OF_POSTS = """
CREATE FUNCTION public.patrol_tally_of_posts(wanted bigint[], new_readings bigint[])
RETURNS TABLE (day date, office_id bigint, count bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT (first.read_at AT TIME ZONE 'Asia/Jakarta')::date, way.office_id, sum(s.sign)
  FROM unnest(wanted) w (post_id)
 CROSS JOIN (SELECT 1 AS sign UNION ALL SELECT -1 WHERE new_readings IS NOT NULL) s
 CROSS JOIN LATERAL (
       SELECT r.read_at FROM patrol_postversion v JOIN patrol_reading r ON r.version_id = v.id
        WHERE v.post_id = w.post_id AND (s.sign = 1 OR r.id <> ALL (new_readings)) ORDER BY r.read_at, r.id LIMIT 1) first
  LEFT JOIN LATERAL (
       SELECT COALESCE(o.office_id, i.office_id) AS office_id FROM patrol_seen n
         LEFT JOIN patrol_watch o ON o.id = n.watch_id LEFT JOIN patrol_intake i ON i.id = n.intake_id
        WHERE n.post_id = w.post_id ORDER BY n.at, n.id LIMIT 1) way ON true
 GROUP BY 1, 2 HAVING sum(s.sign) <> 0
$$;
"""

TRIGGERS = """
CREATE FUNCTION public.patrol_tally_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE flags bigint[]; events bigint[];
BEGIN
    SELECT array_agg(DISTINCT e.flag_id), array_agg(e.id) INTO flags, events
      FROM fresh e WHERE e.kind = 'handed_over' OR e.after->>'state' IS NOT NULL;
    IF flags IS NOT NULL THEN
        INSERT INTO patrol_dailytally (day, office_id, what, level, count)
            SELECT day, office_id, what, level, count FROM patrol_tally_of_flags(flags, events, '{}');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.patrol_tally_decisions() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE flags bigint[]; decisions bigint[];
BEGIN
    SELECT array_agg(DISTINCT d.flag_id), array_agg(d.id) INTO flags, decisions FROM fresh d;
    IF flags IS NOT NULL THEN
        INSERT INTO patrol_dailytally (day, office_id, what, level, count)
            SELECT day, office_id, what, level, count FROM patrol_tally_of_flags(flags, '{}', decisions);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.patrol_tally_readings() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE posts bigint[]; readings bigint[];
BEGIN
    SELECT array_agg(DISTINCT v.post_id), array_agg(r.id) INTO posts, readings
      FROM fresh r JOIN patrol_postversion v ON v.id = r.version_id;
    IF posts IS NOT NULL THEN
        INSERT INTO patrol_dailytally (day, office_id, what, level, count)
            SELECT day, office_id, 'read', '', count FROM patrol_tally_of_posts(posts, readings);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tallied AFTER INSERT ON public.patrol_flagevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_tally_events();
CREATE TRIGGER tallied AFTER INSERT ON public.patrol_decision REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_tally_decisions();
CREATE TRIGGER tallied AFTER INSERT ON public.patrol_reading REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_tally_readings();
"""

UNTIL_NOW = """
INSERT INTO public.patrol_dailytally (day, office_id, what, level, count, folded)
    SELECT day, office_id, what, level, count, true
      FROM public.patrol_tally_of_flags(ARRAY(SELECT id FROM public.patrol_flag), NULL, NULL)
    UNION ALL
    SELECT day, office_id, 'read', '', count, true FROM public.patrol_tally_of_posts(ARRAY(SELECT id FROM public.patrol_post), NULL);
"""

WHAT = ("read", "flagged", "returned", "lowered", "handed_in", "handed_out", "confirmed", "dismissed", "needs_information", "left")


class Migration(migrations.Migration):
    dependencies = [("patrol", "0076_second_signatory")]

    operations = [
        migrations.CreateModel(
            name="DailyTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("what", models.CharField(max_length=20)),
                ("level", models.CharField(max_length=10)),
                ("count", models.IntegerField()),
                ("folded", models.BooleanField(db_default=False, default=False)),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("what__in", list(WHAT))), name="tally_what"),
                    models.UniqueConstraint(
                        condition=models.Q(("folded", True)),
                        fields=("day", "office", "what", "level"),
                        name="tally_folded_once",
                        nulls_distinct=False,
                    ),
                ],
                "indexes": [
                    models.Index(fields=["day", "office"], include=("what", "level", "count"), name="tally_by_day"),
                    models.Index(condition=models.Q(("folded", False)), fields=["id"], name="tally_to_fold"),
                ],
            },
        ),
        migrations.RunSQL(OF_FLAGS + OF_POSTS + TRIGGERS + UNTIL_NOW, migrations.RunSQL.noop),
    ]
