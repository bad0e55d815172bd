"""The addresses of the service, one file for each thing a laptop does there."""

from fastapi import APIRouter

from central.routes import exchange, forms, health, joining, quarantine, uploads

router = APIRouter()
for part in (health.router, joining.router, exchange.router, forms.router, quarantine.router, uploads.router):
    router.include_router(part)
