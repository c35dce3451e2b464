from datetime import UTC, datetime, timedelta

from django.db import migrations, models

# What the posts with such times made of their indicators is counted anew from what was seen, by the earlier of post and receipt.
MEND = """
CREATE TEMPORARY TABLE misdated ON COMMIT DROP AS
    SELECT DISTINCT s.indicator_id AS id FROM patrol_sighting s JOIN patrol_post p ON p.id = s.post_id
    WHERE p.posted_at < '1995-01-01 00:00:00+00' OR p.posted_at > p.first_seen;
UPDATE patrol_post SET posted_at = NULL
WHERE posted_at < '1995-01-01 00:00:00+00' OR posted_at > first_seen + interval '24 hours';
UPDATE patrol_indicator i SET first_seen = seen.first, last_seen = seen.last
FROM misdated m CROSS JOIN LATERAL (
    SELECT min(at) AS first, max(at) AS last FROM (
        SELECT CASE s.role WHEN 'profile' THEN s.seen_at ELSE LEAST(p.posted_at, p.first_seen) END AS at
        FROM patrol_sighting s JOIN patrol_post p ON p.id = s.post_id WHERE s.indicator_id = m.id
    ) t
) seen
WHERE i.id = m.id;
"""


class Migration(migrations.Migration):
    """A post's time is at most a day ahead of its receipt and no earlier than 1995; what is there already loses other times."""

    dependencies = [("patrol", "0028_accounts_by_their_own_id")]

    operations = [
        migrations.RunSQL(MEND, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(posted_at__isnull=True)
                | models.Q(posted_at__gte=datetime(1995, 1, 1, tzinfo=UTC), posted_at__lte=models.F("first_seen") + timedelta(days=1)),
                name="post_posted_possible",
            ),
        ),
    ]
