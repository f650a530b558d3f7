from django.urls import path

from ccmp.people.views import accounts, letters, posting, second_step, sessions, staff, superior

app_name = "people"

urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("language/", accounts.choose_language, name="language"),
    path("account/", accounts.account, name="account"),
    path("account/password/", accounts.change_password, name="password"),
    path("account/second-step/", second_step.second_step, name="second-step"),
    path("account/second-step/set-up/", second_step.set_up, name="second-step-set-up"),
    path("account/second-step/codes/", second_step.new_codes, name="new-codes"),
    path("account/repeat/", second_step.repeat, name="repeat"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end/", sessions.end_one_of_mine, name="end-session"),
    path("account/sessions/end-others/", sessions.end_all_others, name="end-others"),
    path("account/mail/", letters.mail, name="mail"),
    path("forgotten/", letters.forgotten, name="forgotten"),
    path("forgotten/<slug:uid>/<slug:token>/", letters.from_letter, name="from-letter"),
    path("people/", staff.staff, name="list"),
    path("people/add/", posting.add, name="add"),
    path("people/post/", posting.post, name="post"),
    path("people/<uuid:person_id>/", staff.person, name="person"),
    path("people/<uuid:person_id>/file/", staff.keep_file, name="file"),
    path("people/<uuid:person_id>/check/", staff.keep_check, name="check"),
    path("people/<uuid:person_id>/password/", superior.new_password, name="new-password"),
    path("people/<uuid:person_id>/second-step/", superior.lost_second_step, name="lost-second-step"),
    path("people/<uuid:person_id>/unlock/", superior.unlock, name="unlock"),
    path("people/postings/<uuid:posting_id>/end/", staff.end, name="end"),
]
