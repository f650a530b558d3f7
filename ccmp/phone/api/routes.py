"""What a phone says to the server and hears from it."""

from django.urls import URLPattern

routes: list[URLPattern] = []
