"""The site's addresses: each package brings its own."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.totp.views import activate_totp
from csp.decorators import csp_update
from django.contrib import admin
from django.urls import include, path

from config import health

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
with_drawn_code = csp_update({"img-src": ["data:"]})  # the QR code to scan is drawn in place

urlpatterns = [
    path("healthz/", health.healthz),
    path("readyz/", health.readyz),
    path("accounts/2fa/totp/activate/", with_drawn_code(activate_totp)),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("editorial.urls")),
    path("", include("comments.urls")),
    path("", include("blog.urls")),
]
