from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "ccmp.privacy"
    label = "privacy"
