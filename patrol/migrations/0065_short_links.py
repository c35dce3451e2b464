"""Short links that stand in posts, where each leads, and readings that know it.

What opening one brought is changed by nobody; the eraser removes it with the last post that holds it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made bigint; person bigint; why text; held bigint[];
BEGIN
    SELECT a.by_id, r.reason || ': ' || r.ground INTO person, why
        FROM public.patrol_erasurerequest r JOIN public.patrol_erasureanswer a ON a.request_id = r.id
             JOIN public.patrol_postversion v ON v.post_id = r.post_id
        WHERE r.id = asked AND v.id = wanted AND a.kind = 'approved' AND a.by_id <> r.by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no approved request to erase version %', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE public.patrol_posttext SET text = '', author = '', author_name = '', forward_name = '', links = '[]', media = '[]',
        unknown = '{}', salt = '' WHERE version_id = wanted;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no text of version %', wanted USING ERRCODE = 'no_data_found';
    END IF;
    UPDATE public.patrol_readingclaims SET claims = '[]', picture_texts = '[]', code_texts = '[]', places = '[]'
        WHERE reading_id IN (SELECT id FROM public.patrol_reading WHERE version_id = wanted);
    UPDATE public.patrol_flag SET text_bands = '{}' WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted);
    DELETE FROM public.patrol_postwords WHERE version_id = wanted;
    UPDATE public.patrol_linkedpost SET text_bands = '{}', offered = '{}'
        WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted);
    UPDATE public.patrol_shownpicture SET bands = '{}', offered = '{}' WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted);
    DELETE FROM public.patrol_pictureread WHERE pixels IN (
        SELECT r.pixels FROM public.patrol_pictureread r JOIN public.patrol_capture c USING (sha256)
        JOIN public.patrol_media m ON m.capture_id = c.id WHERE m.version_id = wanted);
    -- Whoever finds a short link anew waits here, and finds it gone or stays the one that keeps it.
    SELECT array_agg(k.id) INTO held FROM (SELECT id FROM public.patrol_shortlink WHERE id IN (
        SELECT link_id FROM public.patrol_shortlinkuse WHERE version_id = wanted) ORDER BY address FOR UPDATE) k;
    DELETE FROM public.patrol_shortlinkuse WHERE version_id = wanted;
    INSERT INTO public.patrol_erasure (version_id, by_id, request_id, reason, at) VALUES (wanted, person, asked, why, moment)
        RETURNING id INTO made;
    -- Archives and screenshots of the post show every version of it. Whether something else needs a file is asked when it is removed.
    INSERT INTO public.patrol_erasedfile AS f (sha256, erasure_id, state, why)
        SELECT DISTINCT c.sha256, made, 'due', '' FROM public.patrol_capture c WHERE c.id IN (
            SELECT capture_id FROM public.patrol_postversion WHERE id = wanted
            UNION SELECT unnest(ARRAY[capture_id, thumbnail_id, masked_id]) FROM public.patrol_media WHERE version_id = wanted
            UNION SELECT id FROM public.patrol_capture WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted)
            UNION SELECT capture_id FROM public.patrol_shortlink WHERE id = ANY (held) AND capture_id IS NOT NULL)
        ON CONFLICT (sha256) DO UPDATE SET erasure_id = EXCLUDED.erasure_id, state = 'due', why = '', removed_at = NULL;
    DELETE FROM public.patrol_shortlink k WHERE k.id = ANY (held)
        AND NOT EXISTS (SELECT FROM public.patrol_shortlinkuse u WHERE u.link_id = k.id);
    RETURN made;
END $$;
"""


def guard(apps, schema_editor):
    eraser = settings.DATABASE_ERASER_ROLE
    for sql in (
        f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON patrol_shortlink
    FOR EACH ROW WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_removal BEFORE DELETE ON patrol_shortlink
    FOR EACH ROW WHEN (current_user <> '{eraser}') EXECUTE FUNCTION patrol_refuse_change();
GRANT SELECT, UPDATE, DELETE ON patrol_shortlink TO {eraser};
GRANT SELECT, DELETE ON patrol_shortlinkuse TO {eraser};
""",
        # Only its owner may replace the function.
        f"GRANT CREATE ON SCHEMA public TO {eraser}",
        f"SET LOCAL ROLE {eraser}",
        FUNCTION,
        "RESET ROLE",
        f"REVOKE CREATE ON SCHEMA public FROM {eraser}",
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0064_mergers_proposed")]

    operations = [
        migrations.CreateModel(
            name="ShortLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=500, unique=True)),
                ("may_open", models.BooleanField()),
                ("level_rank", models.PositiveSmallIntegerField()),
                ("found_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True, verbose_name="opened")),
                ("outcome", models.CharField(max_length=20, null=True)),
                ("leads_to", models.TextField(blank=True)),
                ("problem", models.JSONField(null=True)),
                (
                    "capture",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="short_links", to="patrol.capture"
                    ),
                ),
            ],
            options={"verbose_name": "short link", "verbose_name_plural": "short links"},
        ),
        migrations.CreateModel(
            name="ShortLinkUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("link", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="patrol.shortlink")),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="short_links", to="patrol.postversion"
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(model_name="reading", name="reading_once"),
        migrations.AddField(
            model_name="reading", name="ends_key", field=models.CharField(blank=True, db_default="", default="", max_length=64)
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("version", "reader_version", "pictures_key", "ends_key"), name="reading_once"),
        ),
        migrations.AddIndex(
            model_name="shortlink",
            index=models.Index(
                condition=models.Q(("asked_at__isnull", True), ("may_open", True)), fields=["-level_rank", "id"], name="short_link_due"
            ),
        ),
        migrations.AddIndex(
            model_name="shortlink",
            index=models.Index(condition=models.Q(("asked_at__isnull", False)), fields=["asked_at"], name="short_link_asked"),
        ),
        migrations.AddConstraint(
            model_name="shortlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["opened", "no_redirect", "gone", "login_wall", "refused", "too_many_hops", "no_answer", "spared"])
                ),
                name="short_link_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="shortlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened_at__isnull", False), ("outcome__isnull", False)),
                    models.Q(("opened_at__isnull", True), ("outcome__isnull", True)),
                    _connector="OR",
                ),
                name="short_link_opened_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="shortlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "opened"), ("outcome__isnull", False), models.Q(("leads_to", ""), _negated=True)),
                    models.Q(("leads_to", ""), ("outcome__isnull", True)),
                    models.Q(("leads_to", ""), ("outcome__isnull", False), models.Q(("outcome", "opened"), _negated=True)),
                    _connector="OR",
                ),
                name="short_link_leads_where_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="shortlinkuse", constraint=models.UniqueConstraint(fields=("version", "link"), name="short_link_use_once")
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
