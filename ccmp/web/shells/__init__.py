"""Shells: a page's own template, rendered as far as the server knows it, the rest left open for the phone.

One Django template serves both faces. The server fills it with its rows; for the phone the same template is rendered with
values that are *open*, and what depends on them becomes instructions that `static/js/phone/render.js` carries out.
"""
