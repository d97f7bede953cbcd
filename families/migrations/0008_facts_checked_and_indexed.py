from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('families', '0007_facts_of_every_kind'),
    ]

    operations = [
        ValidateConstraint(model_name='confidentialfact', name='fact_end_says_why'),
        ValidateConstraint(model_name='confidentialfact', name='fact_searched_as_it_is'),
        AddIndexConcurrently(
            model_name='confidentialfact',
            index=models.Index(condition=models.Q(('searched_version__lt', models.F('version'))), fields=['id'], name='fact_unsearched'),
        ),
    ]
