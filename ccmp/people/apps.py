from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ccmp.people"
    label = "people"
