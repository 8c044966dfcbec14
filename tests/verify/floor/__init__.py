"""The floor of the benchmark: a bare Django app that does just what answering a question needs.

Full middleware, a session in the database, a signed-in user, CSRF, one transaction with a SELECT and
an INSERT, and a fragment of 1.7 KB; it keeps no drafts, grades nothing and gives no reasons.

    python -m tests.verify.floor prepare    fill its database, then print cookies and what it costs
    python -m tests.verify.floor serve      serve it on PORT as the site is served
"""
