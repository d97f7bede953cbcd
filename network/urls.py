"""Addresses of the network room."""

from django.urls import path

from network import views

urlpatterns = [
    # /uren/
    path("uren/", views.hours.hours, name="hours"),
    path("uren/bestand/", views.hours.hours_export, name="hours-export"),
    path("uren/team/", views.hours.team_hours, name="team-hours"),
    path("uren/team/bestand/", views.hours.team_hours_export, name="team-hours-export"),
    path("uren/<str:entry_ref>/terug/", views.hours.time_undo, name="time-undo"),
    path("zonder-gezin/<str:withdrawn_ref>/", views.withdrawal.contact_place, name="contact-place"),
    path("zoeken/", views.search.search, name="search"),
    # /casussen/<ref>/contacten/
    path("casussen/<str:ref>/contacten/", views.contact.contact_list, name="contact-list"),
    path("casussen/<str:ref>/contacten/nieuw/", views.contact.contact_new, name="contact-new"),
    path("casussen/<str:ref>/contacten/zoeken/", views.search.case_search, name="contact-search"),
    path("casussen/<str:ref>/contacten/bijlagen/", views.attachment.draft_files, name="draft-files"),
    path(
        "casussen/<str:ref>/contacten/bijlagen/<str:file_ref>/klein/",
        views.attachment.draft_file_small,
        name="draft-file-small",
    ),
    path(
        "casussen/<str:ref>/contacten/bijlagen/<str:file_ref>/weg/",
        views.attachment.draft_file_remove,
        name="draft-file-remove",
    ),
    path("casussen/<str:ref>/contacten/chat/", views.chat.chat, name="contact-chat"),
    path("casussen/<str:ref>/contacten/<str:contact_ref>/", views.contact.contact, name="contact"),
    path(
        "casussen/<str:ref>/contacten/<str:contact_ref>/bijlage/",
        views.attachment.attachment_new,
        name="attachment-new",
    ),
    # /casussen/<ref>/bijlagen/
    path("casussen/<str:ref>/bijlagen/<str:attachment_ref>/", views.attachment.attachment, name="attachment"),
    path(
        "casussen/<str:ref>/bijlagen/<str:attachment_ref>/klein/",
        views.attachment.attachment_small,
        name="attachment-small",
    ),
    path(
        "casussen/<str:ref>/bijlagen/<str:attachment_ref>/origineel/",
        views.attachment.attachment_original,
        name="attachment-original",
    ),
    path(
        "casussen/<str:ref>/contacten/<str:contact_ref>/corrigeren/",
        views.contact.contact_correct,
        name="contact-correct",
    ),
    path("casussen/<str:ref>/contacten/<str:contact_ref>/veilig/", views.reach.contact_safe, name="contact-safe"),
    path(
        "casussen/<str:ref>/contacten/<str:contact_ref>/verkeerd/",
        views.withdrawal.contact_wrong,
        name="contact-wrong",
    ),
    path(
        "casussen/<str:ref>/contacten/<str:contact_ref>/vertrouwelijk/",
        views.line.line_keep,
        name="contact-line-keep",
    ),
    # /casussen/<ref>/concepten/
    path("casussen/<str:ref>/concepten/", views.draft.draft_keep, name="draft-keep"),
    path("casussen/<str:ref>/concepten/<str:draft_ref>/weggooien/", views.draft.draft_discard, name="draft-discard"),
    path("casussen/<str:ref>/concepten/<str:draft_ref>/terugzetten/", views.draft.draft_restore, name="draft-restore"),
    # /casussen/<ref>/afspraken/
    path("casussen/<str:ref>/afspraken/", views.appointment.appointments, name="appointments"),
    path("casussen/<str:ref>/afspraken/nieuw/", views.appointment.appointment_new, name="appointment-new"),
    path("casussen/<str:ref>/afspraken/<str:appointment_ref>/", views.appointment.appointment, name="appointment"),
    path(
        "casussen/<str:ref>/afspraken/<str:appointment_ref>/wijzigen/",
        views.appointment.appointment_change,
        name="appointment-change",
    ),
    path(
        "casussen/<str:ref>/afspraken/<str:appointment_ref>/afzeggen/",
        views.appointment.appointment_cancel,
        name="appointment-cancel",
    ),
    path("casussen/<str:ref>/voor-de-deur/", views.door.door, name="door"),
    path("casussen/<str:ref>/verblijf/", views.visit.stay_begin, name="stay-begin"),
    path("verblijf/<str:stay_ref>/", views.visit.stay, name="stay"),
    path("verblijf/<str:stay_ref>/buiten/", views.visit.stay_close, name="stay-close"),
    path("verblijf/<str:stay_ref>/langer/", views.visit.stay_extend, name="stay-extend"),
    # /casussen/<ref>/gezin/: what to beware of
    path("casussen/<str:ref>/bezoek/", views.visit.visiting, name="visiting"),
    path("casussen/<str:ref>/gezin/let-op/nieuw/", views.visit.caution_new, name="caution-new"),
    path("casussen/<str:ref>/gezin/let-op/<str:caution_ref>/eindigen/", views.visit.caution_end, name="caution-end"),
    # /casussen/<ref>/netwerk/
    path("casussen/<str:ref>/netwerk/", views.role.network, name="network"),
    path("casussen/<str:ref>/netwerk/nieuw/", views.role.role_new, name="role-new"),
    path("casussen/<str:ref>/netwerk/<str:role_ref>/", views.role.role, name="role"),
    path("casussen/<str:ref>/netwerk/signalen/<str:signal_ref>/gelezen/", views.role.signal_read, name="signal-read"),
    # /casussen/<ref>/opvolgen/
    path("casussen/<str:ref>/opvolgen/", views.follow_up.follow_up_new, name="follow-up-new"),
    path(
        "casussen/<str:ref>/opvolgen/<str:follow_up_ref>/gedaan/", views.follow_up.follow_up_done, name="follow-up-done"
    ),
    path(
        "casussen/<str:ref>/opvolgen/<str:follow_up_ref>/heropenen/",
        views.follow_up.follow_up_reopen,
        name="follow-up-reopen",
    ),
    # /casussen/<ref>/stemmen/
    path("casussen/<str:ref>/stemmen/", views.voice.voices, name="voices"),
    path("casussen/<str:ref>/stemmen/<str:party_ref>/", views.voice.voice_choose, name="voice-choose"),
]
