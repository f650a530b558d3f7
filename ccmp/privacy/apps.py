from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "ccmp.privacy"
    label = "privacy"

    def ready(self) -> None:
        import ccmp.privacy.counts  # noqa: F401 – the rail asks for its numbers; models are ready only now
