"""Which post wants a short link opened stands with the post: who is erased, or read anew as a warning, wants nothing any more."""

from django.db import migrations, models

WANTED_SO_FAR = """
UPDATE patrol_shortlinkuse u SET wants = l.may_open, level_rank = l.level_rank FROM patrol_shortlink l WHERE l.id = u.link_id
"""
TRUNCATE = """
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_shortlink FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0066_referrals_of_merged_cases")]

    operations = [
        migrations.AddField(model_name="shortlinkuse", name="wants", field=models.BooleanField(db_default=False, default=False)),
        migrations.AddField(model_name="shortlinkuse", name="level_rank", field=models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddIndex(
            model_name="shortlink",
            index=models.Index(
                condition=models.Q(("asked_at__isnull", False), ("outcome__isnull", True)), fields=["asked_at"], name="short_link_left"
            ),
        ),
        migrations.RunSQL(WANTED_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(TRUNCATE, migrations.RunSQL.noop),
    ]
