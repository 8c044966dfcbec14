"""Statements written by hand, for the few requests where Django would take longer to write them.

What they hold and give is what models hold: fields prepare every value for the database, and read it.
"""

from functools import cache, cached_property

from django.db import connection

GREATER = "CASE WHEN {0} > %s THEN {0} ELSE %s END"


class Select:
    """A SELECT over joined tables that is written once; each row becomes an instance for each model.

    `tables` are models by the name that the text gives their table, `then` is all that follows the
    columns, `more` are columns that are no field, and `without` names fields that are left out. A
    table without a row for this one gives None.
    """

    def __init__(self, then, *, more=(), without=(), **tables):
        self.then, self.more, self.without, self.tables = then, more, without, tables

    @cached_property
    def parts(self):
        """For each table its model, the names of its fields, and how their values are read."""
        found = []
        for name, model in self.tables.items():
            fields = [each for each in model._meta.concrete_fields if each.name not in self.without]
            found.append((name, model, [each.attname for each in fields], fields))
        return found

    @cached_property
    def text(self):
        columns = [
            f'{name}."{field.column}"' for name, _, _, fields in self.parts for field in fields
        ]
        return f"SELECT {', '.join([*columns, *self.more])} {self.then}"

    @cached_property
    def converters(self):
        """By the place of a column: what makes its value that of the field."""
        columns = [field.get_col(name) for name, _, _, fields in self.parts for field in fields]
        return [
            (place, column, each)
            for place, column in enumerate(columns)
            for each in (
                *connection.ops.get_db_converters(column),
                *column.get_db_converters(connection),
            )
        ]

    def all(self, *values):
        """The rows for these values: the instances in the order of the tables, then what is more."""
        with connection.cursor() as cursor:
            cursor.execute(self.text, values)
            return [self.read(list(row)) for row in cursor.fetchall()]

    def read(self, row):
        for place, column, convert in self.converters:
            row[place] = convert(row[place], column, connection)
        found, start = [], 0
        for _, model, names, _ in self.parts:
            held = row[start : start + len(names)]
            start += len(names)
            is_there = held[names.index(model._meta.pk.attname)] is not None
            found.append(model.from_db(connection.alias, names, held) if is_there else None)
        return [*found, *row[start:]]


def prepared(model, name, value):
    """A value of a field as the database takes it."""
    return model._meta.get_field(name).get_db_prep_save(value, connection)


@cache
def insertion(model):
    """The INSERT of a model without its id, and the fields that it takes."""
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    columns = ", ".join(f'"{each.column}"' for each in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', fields  # noqa: S608


def insert(row):
    """Insert one row, without asking for the id it gets."""
    text, fields = insertion(type(row))
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def update(model, values, where, *params, rising=()):
    """Set these fields in the rows for which the text `where` holds; returns how many there are.

    A field that is named as `rising` keeps its value where that is greater.
    """
    columns, given = [], []
    for name, value in values.items():
        column, value = f'"{model._meta.get_field(name).column}"', prepared(model, name, value)
        is_rising = name in rising
        columns.append(f"{column} = {GREATER.format(column) if is_rising else '%s'}")
        given += [value] * (2 if is_rising else 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" SET {", ".join(columns)} WHERE {where}',  # noqa: S608
            (*given, *params),
        )
        return cursor.rowcount
