# make run     serve the site on http://127.0.0.1:8000/    PORT=9000 DATA_DIR=/srv/study make run
# make test    the whole suite, in a real browser and on PostgreSQL too where they are to be had
# make coverage  what of the code the suite runs without a browser, branch by branch
# make lint    what .ci/run checks besides the tests
# make format  let ruff write the Python files in its style
# make lock    pin the newest versions that pyproject.toml allows; needs uv

PORT ?= 8000
DATA_DIR ?= data
export PORT DATA_DIR

python = .venv/bin/python
pytest = $(python) -m pytest -n 2 --dist worksteal

.PHONY: run test coverage lint format lock

run:
	@python=$$(sh .ci/python) && exec "$$python" -m studyapp.start port
	@sh .ci/environment requirements.txt
	@exec $(python) -m studyapp.start

test:
	@sh .ci/environment requirements-dev.txt
	@$(python) -m tests.chromium
	@status=0; \
	$(python) -m tests.postgresql $(pytest) -m "database and not browser" || status=1; \
	$(pytest) || status=1; \
	exit $$status

coverage:
	@sh .ci/environment requirements-dev.txt
	$(pytest) -m "not browser" --cov --cov-fail-under=95

# The settings of a public site, so that the deployment check looks at what would be deployed.
lint: export SITE_URL = https://study.example
lint: export ALLOWED_HOSTS = study.example
lint: export SECRET_KEY = only-for-the-deployment-check-and-long-enough-to-please-it
lint: export DATABASE_URL = sqlite://:memory:
lint:
	@sh .ci/environment requirements-dev.txt
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m djlint templates --lint --quiet
	$(python) .venv/bin/lint-imports --no-cache --no-logo
	$(python) manage.py makemigrations --check
	$(python) manage.py check --deploy --fail-level WARNING

format:
	@sh .ci/environment requirements-dev.txt
	$(python) -m ruff check --fix
	$(python) -m ruff format

lock = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-strip-extras --upgrade pyproject.toml
lock:
	$(lock) --output-file requirements.txt
	$(lock) --output-file requirements-dev.txt --constraints requirements.txt --group dev
