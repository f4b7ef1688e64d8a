"""The FastAPI application: the API, the page's files, and what guards them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from polyseek import __version__
from polyseek.library import Library
from polyseek.server.api import router
from polyseek.server.bodies import BodyLimit
from polyseek.server.guard import Admission, Guard
from polyseek.server.jobs import JobBoard
from polyseek.server.problems import add_problem_handlers
from polyseek.server.reembedding import Reembedding
from polyseek.server.watching import Watchers
from polyseek.server.workers import Workers

WEB = Path(__file__).parent / "web"
IDLE_S = 1.0


async def warm(library: Library, workers: Workers) -> None:
    """Get ready what the visitors of a large library would wait for: its columns, and which models are variants."""
    # Who comes at once gets the page and its first cards, which need neither.
    await asyncio.sleep(IDLE_S)
    await workers.aside(library.facets)
    await workers.aside(lambda: library.browse(fold=True, limit=1))


def make_app(library: Library, admission: Admission | None = None) -> FastAPI:
    """The page and the API of one library. The caller opens and closes the library.

    `admission`: who may call; None: this machine only, without a token.
    """
    jobs = JobBoard(lambda: Library.open(library.path))
    watchers = Watchers(lambda: Library.open(library.path), jobs.turn)
    reembedding = Reembedding(library, jobs)
    workers = Workers()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        workers.open()
        watchers.open(library.watched())
        reembedding.open()
        warming = asyncio.create_task(warm(library, workers))
        yield
        warming.cancel()
        reembedding.close()
        watchers.close()
        jobs.close()
        workers.close()

    app = FastAPI(title="polyseek", version=__version__, docs_url=None, redoc_url=None, lifespan=lifespan)
    add_problem_handlers(app)
    # The last one added is asked first.
    app.add_middleware(BodyLimit)
    app.add_middleware(Guard, admission=admission or Admission())
    # Not include_router(): that builds the calls again when the first request comes. Building sets warnings aside
    # for the whole process, which is safe only while no other thread runs.
    app.router.routes.extend(router(library, jobs, watchers, workers).routes)

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(WEB / "index.html", headers={"Cache-Control": "no-cache"})

    # Not a mount: one at "/" would answer a wrong method of the API with 404 instead of 405.
    app.router.default = StaticFiles(directory=WEB)
    return app
