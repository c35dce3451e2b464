"""Who is named as the author of a forward is kept with the words of the post, and blanked with them."""

from django.conf import settings
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made bigint; person bigint; why text;
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
    INSERT INTO public.patrol_erasure (version_id, by_id, request_id, reason, at) VALUES (wanted, person, asked, why, moment)
        RETURNING id INTO made;
    -- Archives and screenshots of the post show every version of it. Whether something else needs a file is asked when it is removed.
    INSERT INTO public.patrol_erasedfile AS f (sha256, erasure_id, state, why)
        SELECT DISTINCT c.sha256, made, 'due', '' FROM public.patrol_capture c WHERE c.id IN (
            SELECT capture_id FROM public.patrol_postversion WHERE id = wanted
            UNION SELECT unnest(ARRAY[capture_id, thumbnail_id, masked_id]) FROM public.patrol_media WHERE version_id = wanted
            UNION SELECT id FROM public.patrol_capture WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted))
        ON CONFLICT (sha256) DO UPDATE SET erasure_id = EXCLUDED.erasure_id, state = 'due', why = '', removed_at = NULL;
    RETURN made;
END $$;
"""


def replace(apps, schema_editor):
    eraser = settings.DATABASE_ERASER_ROLE
    # Only its owner may replace it.
    for sql in (
        f"GRANT CREATE ON SCHEMA public TO {eraser}",
        f"SET LOCAL ROLE {eraser}",
        FUNCTION,
        "RESET ROLE",
        f"REVOKE CREATE ON SCHEMA public FROM {eraser}",
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0029_times_a_post_can_have")]

    operations = [
        migrations.AddField(
            model_name="posttext",
            name="forward_name",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(replace, migrations.RunPython.noop),
    ]
