from django.urls import path

from ccmp.people.views import accounts, posting, staff

app_name = "people"

urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("language/", accounts.choose_language, name="language"),
    path("account/", accounts.account, name="account"),
    path("account/password/", accounts.change_password, name="password"),
    path("people/", staff.staff, name="list"),
    path("people/add/", posting.add, name="add"),
    path("people/post/", posting.post, name="post"),
    path("people/<uuid:person_id>/", staff.person, name="person"),
    path("people/<uuid:person_id>/file/", staff.keep_file, name="file"),
    path("people/<uuid:person_id>/check/", staff.keep_check, name="check"),
    path("people/<uuid:person_id>/password/", staff.new_password, name="new-password"),
    path("people/postings/<uuid:posting_id>/end/", staff.end, name="end"),
]
