"""Addresses of the reminders."""

from django.urls import path

from casusregie.reminders import views

urlpatterns = [
    path("berichten/", views.messages, name="messages"),
    path("berichten/gelezen/", views.messages_read, name="messages-read"),
]
