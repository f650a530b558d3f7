from django.urls import path

from ccmp.people.views import accounts

app_name = "people"

urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("language/", accounts.choose_language, name="language"),
    path("account/", accounts.account, name="account"),
    path("account/password/", accounts.change_password, name="password"),
]
