from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

PAPER = "#fbfaf7"  # of tokens.css: a manifest has no custom properties
PICTURES = (
    ("icons/icon.svg", "any", "image/svg+xml", "any"),
    ("icons/icon-192.png", "192x192", "image/png", "any"),
    ("icons/icon-512.png", "512x512", "image/png", "any"),
    ("icons/maskable-192.png", "192x192", "image/png", "maskable"),
    ("icons/maskable-512.png", "512x512", "image/png", "maskable"),
)
WAYS = (("visits:due", "家访"), ("children:list", "孩子"), ("clubs:club", "童伴之家"))
APP = {
    "id": "/",
    "name": "童伴妈妈",
    "short_name": "童伴妈妈",
    "description": "村里的孩子，家访、童伴之家、帮孩子找到办事的人",
    "lang": "zh-Hans",
    "dir": "ltr",
    "scope": "/",
    "display": "standalone",
    "orientation": "portrait",
    "background_color": PAPER,
    "theme_color": PAPER,
    "categories": ["social", "productivity"],
}


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Public by name: what an installed app is called and looks like. Its name is Chinese whoever asks."""
    pictures = [
        {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in PICTURES
    ]
    ways = [{"name": name, "url": reverse(page)} for page, name in WAYS]
    body = {**APP, "start_url": reverse("visits:today"), "icons": pictures, "shortcuts": ways}
    return JsonResponse(body, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})
