"""Keeps strangers out: other sites in the same browser must neither read the page nor act on it."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

OURSELVES = frozenset({"127.0.0.1", "localhost", "::1"})

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only what our own page asks: a name that was rebound to this machine is not ours (Host), and
    neither is another site's script (Origin).
    """
    if not _is_ours(f"//{request.host}") or not _comes_from_us(request):
        raise web.HTTPForbidden(text="This page answers only itself, on this machine.")
    return await handler(request)


async def harden(_request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser load nothing from elsewhere and show the page in nobody's frame."""
    response.headers.update(HEADERS)


def _comes_from_us(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return request.method in {"GET", "HEAD"}
    return _is_ours(origin) and urlsplit(origin).netloc == request.host


def _is_ours(address: str) -> bool:
    try:
        return urlsplit(address).hostname in OURSELVES
    except ValueError:
        return False
