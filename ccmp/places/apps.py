from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "ccmp.places"
    label = "places"
