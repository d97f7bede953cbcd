from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_log_that_beats_the_notebook'),
    ]

    operations = [
        ValidateConstraint(model_name='contact', name='contact_withdrawal_says_why'),
    ]
