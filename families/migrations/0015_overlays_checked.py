"""What was laid in 0011 on a table that may be full is checked."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0014_genogram_overlays'),
    ]

    operations = [
        ValidateConstraint(model_name='keepapart', name='kept_apart_kind_known'),
        ValidateConstraint(model_name='keepapart', name='kept_apart_ban_says_by_whom'),
        ValidateConstraint(model_name='keepapart', name='kept_apart_hours_in_order'),
        ValidateConstraint(model_name='keepapart', name='kept_apart_home_ban_four_weeks'),
        ValidateConstraint(model_name='keepapart', name='kept_apart_withdrawn_says_why'),
    ]
