"""YAML files as tests read and write them: by the library's quick half, where it has one."""

import yaml

READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WRITER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read_yaml(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=READER)


def write_yaml(path, held):
    path.write_text(yaml.dump(held, Dumper=WRITER, allow_unicode=True), encoding="utf-8")
