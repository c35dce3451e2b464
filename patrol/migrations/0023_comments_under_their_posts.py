from django.db import migrations

# Comments that came with a name their post no longer goes by. A name that is some row's own external_id still leads to that row.
SQL = """
UPDATE patrol_post c SET thread = p.external_id,
    reply_to = CASE WHEN c.reply_to = o.external_id THEN p.external_id ELSE c.reply_to END
FROM patrol_othername o JOIN patrol_post p ON p.id = o.post_id
WHERE c.thread <> '' AND c.platform = o.platform AND c.thread = o.external_id AND p.external_id <> o.external_id
  AND NOT EXISTS (SELECT FROM patrol_post own WHERE own.platform = o.platform AND own.external_id = o.external_id)
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0022_a_hidden_level_has_no_place")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
