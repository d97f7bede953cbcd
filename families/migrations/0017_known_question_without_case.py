"""A question about a family that is not among one's own is kept without a case.

Going back, such rows have nowhere to stay: they hold no name and no content, and go. The table refuses deleting, so its
trigger rests for that one statement, which only the owner's role can say.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_BACK = """
    ALTER TABLE families_knownquestion DISABLE TRIGGER USER;
    DELETE FROM families_knownquestion WHERE case_id IS NULL;
    ALTER TABLE families_knownquestion ENABLE TRIGGER USER
"""


class Migration(migrations.Migration):
    dependencies = [
        ('families', '0016_safe_contact'),
    ]

    operations = [
        migrations.AlterField(
            model_name='knownquestion',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='known_questions', to='families.case'),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, _BACK),
        migrations.AlterField(
            model_name='weighing',
            name='between',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('partners', 'partners'), ('ex_partners', 'former partners'), ('parent_child', 'parent to child'), ('child_parent', 'child to parent'), ('siblings', 'brothers and sisters'), ('wider', 'wider family'), ('dependent', 'with somebody who depends: on care, on a residence permit, by a mild intellectual disability (LVB)')], max_length=16), default=list, size=None),
        ),
    ]
