"""Addresses of the family room."""

from django.urls import path

from families import views

urlpatterns = [
    # /casussen/
    path("casussen/nieuw/", views.case_new, name="case-new"),
    path("casussen/bekend/", views.known_question, name="known-question"),
    # /casussen/<ref>/gezin/
    path("casussen/<str:ref>/gezin/", views.family, name="family"),
    path("casussen/<str:ref>/gezin/nieuw/", views.person_new, name="person-new"),
    path("casussen/<str:ref>/gezin/genogram/", views.genogram, name="genogram"),
    path("casussen/<str:ref>/gezin/genogram.svg", views.genogram_svg, name="genogram-svg"),
    path("casussen/<str:ref>/gezin/tekening/", views.family_drawing, name="family-drawing"),
    path("casussen/<str:ref>/genogram/", views.genogram, name="genogram-short"),
    path("casussen/<str:ref>/genogram.svg", views.genogram_svg, name="genogram-svg-short"),
    path("casussen/<str:ref>/gezin/genogram/openen/", views.genogram_open, name="genogram-open"),
    path("casussen/<str:ref>/gezin/lijnen/nieuw/", views.line_new, name="line-new"),
    path("casussen/<str:ref>/gezin/zwangerschap/nieuw/", views.pregnancy_new, name="pregnancy-new"),
    path("casussen/<str:ref>/gezin/regelingen/nieuw/", views.arrangement_new, name="arrangement-new"),
    path("casussen/<str:ref>/gezin/aandoeningen/nieuw/", views.condition_new, name="condition-new"),
    path("casussen/<str:ref>/gezin/huizen/nieuw/", views.household_new, name="household-new"),
    path("casussen/<str:ref>/gezin/banden/<str:tie>/", views.tie_show, name="tie-show"),
    path("casussen/<str:ref>/gezin/banden/<str:tie>/tot/", views.tie_end, name="tie-end"),
    path("casussen/<str:ref>/gezin/banden/<str:tie>/terug/", views.tie_withdraw, name="tie-withdraw"),
    path("casussen/<str:ref>/gezin/relaties/nieuw/", views.relation_new, name="relation-new"),
    path("casussen/<str:ref>/gezin/tijdlijn/", views.life_events, name="life-events"),
    path("casussen/<str:ref>/gezin/tijdlijn/nieuw/", views.life_event_new, name="life-event-new"),
    path(
        "casussen/<str:ref>/gezin/tijdlijn/<str:event_ref>/terugnemen/",
        views.life_event_take_back,
        name="life-event-take-back",
    ),
    path("casussen/<str:ref>/gezin/vertrouwelijk/nieuw/", views.fact_new, name="fact-new"),
    path("casussen/<str:ref>/gezin/vertrouwelijk/voorstel/", views.fact_propose, name="fact-propose"),
    path("casussen/<str:ref>/gezin/vertrouwelijk/raakt/", views.fact_check, name="fact-check"),
    path("casussen/<str:ref>/gezin/vertrouwelijk/gevonden/", views.findings, name="fact-findings"),
    path("casussen/<str:ref>/gezin/vertrouwelijk/<str:fact_ref>/", views.fact_show, name="fact-show"),
    path("casussen/<str:ref>/gezin/vertrouwelijk/<str:fact_ref>/wijzigen/", views.fact_change, name="fact-change"),
    path("casussen/<str:ref>/gezin/vertrouwelijk/<str:fact_ref>/vervalt/", views.fact_end, name="fact-end"),
    path("casussen/<str:ref>/gezin/niet-samen/nieuw/", views.apart_new, name="apart-new"),
    path("casussen/<str:ref>/gezin/niet-samen/eindigen/", views.apart_end, name="apart-end"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/gezag/", views.authority_note, name="authority-note"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/beslist/", views.representation_note, name="representation-note"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/", views.person, name="person"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/wijzigen/", views.person_edit, name="person-edit"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/bereiken/", views.way_new, name="way-new"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/veilig/", views.way_confirm, name="way-confirm"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/bereiken/afspraak/", views.reach_agreement, name="reach-agreement"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/bereiken/klopt/", views.reach_confirm, name="reach-confirm"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/bereiken/eerder/", views.reach_history, name="reach-history"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/bereiken/<int:way_id>/", views.way_show, name="way-show"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/benaderen/", views.approach_note, name="approach-note"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/documenten/", views.person_documents, name="person-documents"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/taal/", views.speech_note, name="speech-note"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/gemeente/", views.residence_note, name="residence-note"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/verhuizen/", views.household_move, name="household-move"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/bsn/", views.person_bsn, name="person-bsn"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/bsn/vastleggen/", views.person_bsn_note, name="person-bsn-note"),
    path("casussen/<str:ref>/gezin/<str:party_ref>/zelfde/", views.same_answer, name="same-answer"),
    # /casussen/<ref>/documenten/
    path("casussen/<str:ref>/documenten/", views.documents, name="documents"),
    path("casussen/<str:ref>/documenten/nieuw/", views.document_new, name="document-new"),
    path("casussen/<str:ref>/documenten/bestanden/", views.document_uploads, name="document-uploads"),
    path(
        "casussen/<str:ref>/documenten/bestanden/<str:upload_ref>/weg/",
        views.document_upload_remove,
        name="document-upload-remove",
    ),
    path("casussen/<str:ref>/documenten/<str:document_ref>/", views.document, name="document"),
    path(
        "casussen/<str:ref>/documenten/<str:document_ref>/bestand/<int:number>/",
        views.document_file,
        name="document-file",
    ),
    path(
        "casussen/<str:ref>/documenten/<str:document_ref>/bestand/<int:number>/klein/",
        views.document_small,
        name="document-small",
    ),
    path(
        "casussen/<str:ref>/documenten/<str:document_ref>/bestand/<int:number>/origineel/",
        views.document_original,
        name="document-original",
    ),
    path("casussen/<str:ref>/documenten/<str:document_ref>/wijzigen/", views.document_change, name="document-change"),
    path(
        "casussen/<str:ref>/documenten/<str:document_ref>/vervangen/", views.document_replace, name="document-replace"
    ),
    path(
        "casussen/<str:ref>/documenten/<str:document_ref>/terugnemen/",
        views.document_take_back,
        name="document-take-back",
    ),
    path(
        "casussen/<str:ref>/documenten/<str:document_ref>/vrijgeven/", views.document_release, name="document-release"
    ),
    path("casussen/<str:ref>/documenten/<str:document_ref>/geven/", views.document_give, name="document-give"),
    path(
        "casussen/<str:ref>/documenten/<str:document_ref>/gegeven/<str:given_ref>/",
        views.document_given,
        name="document-given",
    ),
    # /casussen/<ref>/team/
    path("casussen/<str:ref>/team/", views.case_team, name="case-team"),
    path("casussen/<str:ref>/team/stand/", views.case_change, name="case-change"),
    path("casussen/<str:ref>/team/erbij/", views.member_add, name="member-add"),
    path("casussen/<str:ref>/team/eraf/", views.member_end, name="member-end"),
    path("casussen/<str:ref>/team/regie/", views.case_arrange, name="case-arrange"),
    path("casussen/<str:ref>/team/belang/", views.conflict_note, name="conflict-note"),
    path("casussen/<str:ref>/team/zelfde/", views.same_persons, name="same-persons"),
    path("casussen/<str:ref>/team/zelfde/<str:link_ref>/", views.same_decide, name="same-decide"),
    # /casussen/<ref>/aanmelding/
    path("casussen/<str:ref>/aanmelding/", views.intake, name="intake"),
    path("casussen/<str:ref>/aanmelding/<str:what>/", views.intake_note, name="intake-note"),
    # /casussen/<ref>/inzien/
    path("casussen/<str:ref>/inzien/", views.insight, name="insight"),
    path("casussen/<str:ref>/inzien/<str:insight_ref>/gezien/", views.insight_notice, name="insight-notice"),
]
