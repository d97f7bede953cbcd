"""The bundles of rights a municipality starts with."""

from django.db import migrations

from casusregie.core.bundles import BUNDLES


def load(apps, schema_editor):
    Role = apps.get_model("core", "Role")
    RoleRight = apps.get_model("core", "RoleRight")
    for slug, (name, rights) in BUNDLES.items():
        role, _created = Role.objects.get_or_create(slug=slug, defaults={"name": name})
        RoleRight.objects.bulk_create(
            [RoleRight(role=role, right=str(right.value)) for right in rights], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
