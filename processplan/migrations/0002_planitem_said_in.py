import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """An empty column and an index beside the work: nobody waits, whatever is in the table."""

    atomic = False

    dependencies = [
        ('network', '0006_appointment_revision'),
        ('processplan', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='planitem',
            name='said_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.contact'),
        ),
        AddIndexConcurrently(
            model_name='planitem',
            index=models.Index(condition=models.Q(('said_in__isnull', False)), fields=['said_in'], name='plan_item_said_in'),
        ),
    ]
