"""The words of each contact, by which it is found again; written with the contact, in one statement."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from families.models import Case
from network.models.contact import Contact


class ContactSearch(models.Model):
    """The newest version of one contact as words; a contact that was withdrawn has none.

    `words` are those that the whole team reads. `closed_words` is there only when director and deputy read more: then
    it holds all of it, and nobody else is ever answered from it.
    """

    contact = models.OneToOneField(Contact, primary_key=True, on_delete=models.CASCADE, related_name="found_by")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    words = SearchVectorField()
    closed_words = SearchVectorField(null=True)

    class Meta:
        # By case alone where few notes are read sooner than the index of words is gone along; the index of words is
        # without a list of what is still to be indexed: a search over 200 cases would read that list 200 times.
        indexes: ClassVar = [
            models.Index(fields=["case"], name="contact_search_case"),
            GinIndex(fields=["case", "words"], name="contact_search_words", fastupdate=False),
            GinIndex(
                fields=["case", "closed_words"],
                name="contact_search_closed",
                fastupdate=False,
                condition=Q(closed_words__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact_id)
