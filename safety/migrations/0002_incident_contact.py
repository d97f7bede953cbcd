import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """An empty column and an index beside the work: nobody waits, whatever is in the table."""

    atomic = False

    dependencies = [
        ('network', '0006_appointment_revision'),
        ('safety', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='incident',
            name='contact',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='network.contact'),
        ),
        AddIndexConcurrently(
            model_name='incident',
            index=models.Index(condition=models.Q(('contact__isnull', False)), fields=['contact'], name='incident_contact'),
        ),
    ]
