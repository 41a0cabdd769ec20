"""The settings as the type checker's Django plugin reads them: with throw-away keys and no database to reach."""

import os

from tests.support import keys

keys.put_in_environment()
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@/nowhere")

from laget.site.settings import *  # noqa: E402, F403
