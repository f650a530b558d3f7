from django.apps import AppConfig


class WallsConfig(AppConfig):
    name = "ccmp.walls"
    label = "walls"
