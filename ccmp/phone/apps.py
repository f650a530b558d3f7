from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "ccmp.phone"
    label = "phone"

    def ready(self) -> None:
        import ccmp.phone.counts  # noqa: F401 – the rail asks for its number; models are ready only now
