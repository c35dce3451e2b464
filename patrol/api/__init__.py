"""Door 5: `/api/v1/`, what other systems of an office ask, and the browser extension (ADR 77).

    door      the middleware: no cookie, one shape for each refusal, the language of whoever asks
    calls     tokens, what a call may ask, what it is told where it may not; how lists go on
    urls      the calls, put together from settings.API_ROUTERS
    the rest  a module a subject

A call is a function of django-ninja: what it takes and what it answers are types, and `/api/v1/openapi.json` is made from the same ones.
"""
