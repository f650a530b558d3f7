from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "ccmp.changes"
    label = "changes"
