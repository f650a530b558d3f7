from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "ccmp.phone"
    label = "phone"
