"""The app: the desk's pages and API behind its guards."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from dragoman.reading.names import resolve
from dragoman.web import faults
from dragoman.web.api import docs, people, schema
from dragoman.web.api import events as api_events
from dragoman.web.api import reports as api_reports
from dragoman.web.api import review as api_review
from dragoman.web.api import standing as api_standing
from dragoman.web.desk import Desk
from dragoman.web.front import front
from dragoman.web.groups import groups
from dragoman.web.guard.bodies import Bodies
from dragoman.web.guard.headers import SecurityHeaders
from dragoman.web.guard.hosts import Hosts
from dragoman.web.guard.rates import Rates
from dragoman.web.guard.states import States
from dragoman.web.pages import (
    account,
    entities,
    events,
    feed,
    network,
    overview,
    pair,
    paste,
    reports,
    review,
    search,
    standing,
)
from dragoman.web.render import environment
from dragoman.web.settings import THREADS, Settings
from dragoman.web.statics import Statics
from dragoman.web.tracked import tracked
from dragoman.web.urls import API

PAGES = (overview, standing, pair, entities, events, network, reports, search, review, paste, account, feed, docs)
SELDOM = (10_000, 20, 50)  # how often the collector goes through what is kept; everybody waits for it
PATIENCE = 2.0  # seconds that the desk stays closed for what is reckoned ahead
QUESTIONS = (api_events, api_standing, people, api_reports, api_review)


def load() -> None:
    """Load the lexicon and the templates, which the first answers would all wait for."""
    groups()
    resolve("Taliban")
    for template in environment().list_templates():
        environment().get_template(template)
    gc.collect()
    gc.freeze()  # the lexicon is never garbage: the collector need not go through it again and again
    gc.set_threshold(*SELDOM)


def warm(desk: Desk) -> None:
    """Reckon what takes longest, ahead of the first question."""
    known = desk.lately("tracked", tracked)
    desk.lately("front", lambda connection: front(connection, known))


async def ready(desk: Desk) -> None:
    """Reckon ahead, and then load the model, which takes a core for seconds."""
    await asyncio.to_thread(warm, desk)
    desk.worker.start()


def make_app(settings: Settings) -> FastAPI:
    """The app over one record; it is opened now, so that what is wrong with it is said before anything is served."""
    desk = Desk(settings)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        await asyncio.to_thread(load)
        warmed = asyncio.create_task(ready(desk))
        await asyncio.wait({warmed}, timeout=PATIENCE)  # who comes first would wait for it too, and make others wait
        yield
        warmed.cancel()
        desk.close()

    app = FastAPI(title="Dragoman", lifespan=living, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.desk = desk
    for pages in PAGES:
        app.include_router(pages.router)
    for questions in QUESTIONS:
        app.include_router(questions.router, prefix=API, responses=schema.problems())
    schema.install(app)
    app.mount("/static", Statics())
    faults.install(app)
    # The last that is added stands outermost.
    app.add_middleware(GZipMiddleware, minimum_size=2048, compresslevel=5)
    app.add_middleware(States)
    app.add_middleware(Bodies)
    app.add_middleware(Rates, public=settings.public)
    app.add_middleware(Hosts, settings=settings)
    app.add_middleware(SecurityHeaders)
    return app
