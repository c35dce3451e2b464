"""Random statements for the walled tables: reading in many shapes, and every way to write."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

# What a row of each table is recognised by, joined by, and a text that would be somebody's to read.
KEYS: Final = {
    "patrol_flag": ("number", "id", "number"),
    "patrol_decision": ("note", "flag_id", "note"),
    "patrol_case": ("number", "id", "title"),
    "patrol_referral": ("number", "case_id", "target"),
    "patrol_tip": ("words", "id", "words"),
    "patrol_tipmessage": ("text", "tip_id", "text"),
    "patrol_tippicture": ("content", "tip_id", "content"),  # no text: in none of the random statements
    "patrol_protection": ("note", "flag_id", "note"),
    "patrol_minutes": ("number", "id", "recipient"),
    "patrol_peerexport": ("number", "case_id", "peer"),
}
OFFICE: Final = {"patrol_flag", "patrol_case", "patrol_tip", "patrol_protection"}  # minutes and exports keep theirs
TEXTS: Final = tuple(table for table in KEYS if table != "patrol_tippicture")


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    writes: bool


def statement(draw: random.Random, tables: tuple[str, ...], office: int, columns: dict[str, str]) -> Statement:
    """One that would find or change a row of `office`, were there no wall. `columns`: of each table those that are written."""
    if draw.random() < 0.5:
        return Statement(_read(draw, draw.choice(tables), tables), writes=False)
    return Statement(_write(draw, draw.choice(TEXTS), office, columns), writes=True)


def _where(draw: random.Random, table: str, alias: str) -> str:
    _name, key, text = KEYS[table]
    parts = [
        "true",
        f"{alias}.id > {draw.randint(-5, 0)}",
        f"{alias}.id = ANY (ARRAY(SELECT generate_series(1, {draw.randint(1000, 9000)})))",
        f"{alias}.{text} LIKE '%{draw.choice(['', 'a', 'rahasia'])}%'",
        f"{alias}.{text} IS NOT NULL",
        f"length({alias}.{text}) >= 0",
        f"{alias}.{key} IS DISTINCT FROM {draw.randint(-9, -1)}",
        f"EXISTS (SELECT FROM {table} x WHERE x.id = {alias}.id)",
        f"{alias}.id IN (SELECT id FROM {table})",
        # Whoever reads by errors: it fails at the first row it is asked about, and may be asked about none.
        f"CAST('x' || {alias}.{text} AS integer) > 0",
        f"1 / ({alias}.id - {alias}.id) > 0",
    ]
    if table in OFFICE:
        parts.append(f"{alias}.office_id > 0")
    return f" {draw.choice(['AND', 'OR'])} ".join(draw.sample(parts, draw.randint(1, 3)))


def _read(draw: random.Random, table: str, tables: tuple[str, ...]) -> str:
    name, _key, text = KEYS[table]
    other = draw.choice(tables)
    where = _where(draw, table, "t")
    return draw.choice(
        [
            f"SELECT * FROM {table} t WHERE {where}",
            f"SELECT t.{name}, t.{text} FROM {table} t WHERE {where} ORDER BY t.id DESC LIMIT {draw.randint(1, 50)}",
            f"SELECT count(*), max(t.{text}) FROM {table} t WHERE {where} HAVING count(*) > 0",
            f"SELECT string_agg(t.{text}, ',') FROM {table} t WHERE {where} GROUP BY t.id",
            f"SELECT row_to_json(t) FROM {table} t WHERE {where}",
            f"SELECT t.{name}, row_number() OVER (ORDER BY t.id) FROM {table} t WHERE {where}",
            f"SELECT t.*, o.name FROM {table} t CROSS JOIN patrol_office o WHERE {where}",
            f"SELECT t.{name} FROM patrol_office o LEFT JOIN {table} t ON true WHERE t.id IS NOT NULL AND ({where})",
            f"SELECT t.{text}, u.{KEYS[other][2]} FROM {table} t FULL JOIN {other} u ON u.id = t.id WHERE {where}",
            f"SELECT l.* FROM generate_series(1, 2) g CROSS JOIN LATERAL (SELECT t.{name} FROM {table} t WHERE {where} LIMIT g) l",
            f"WITH seen AS MATERIALIZED (SELECT * FROM {table} t WHERE {where}) SELECT {text} FROM seen",
            f"WITH RECURSIVE r AS (SELECT t.id FROM {table} t UNION SELECT t.id FROM r JOIN {table} t ON t.id = r.id + 1) SELECT * FROM r",
            f"SELECT {name} FROM {table} t WHERE {where} UNION ALL SELECT {KEYS[other][0]} FROM {other}",
            f"SELECT t.id FROM {table} t WHERE {where} INTERSECT SELECT id FROM {table}",
            f"SELECT * FROM (SELECT EXISTS (SELECT FROM {table} t WHERE {where}) AS there) f WHERE there",
            f"SELECT t.ctid, t.xmin FROM ONLY {table} t TABLESAMPLE BERNOULLI (100) WHERE {where}",
            f"SELECT DISTINCT ON (t.id) t.{text} FROM {table} t WHERE {where}",
            f"SELECT t.{text} FROM {table} t WHERE {where} FETCH FIRST 3 ROWS ONLY",
        ]
    )


def _write(draw: random.Random, table: str, office: int, columns: dict[str, str]) -> str:
    name, key, text = KEYS[table]
    where = _where(draw, table, "t")
    own = f", office_id = {draw.choice(['office_id', str(office)])}" if table in OFFICE else ""
    copied = f"({columns[table]}) SELECT {columns[table]} FROM {table} t WHERE {where}"
    taken = (
        'INSERT INTO patrol_tip (key, language, office_id, kind, words, last_digits, "where", "when", since, danger, state, at, bands,'
        f" exact, outcome, version) VALUES (gen_random_uuid(), 'id', {office}, 'advert', 'x', '', '', '', '', false, 'received', now(),"
        " '{}', '', '', 1)"
    )
    return draw.choice(
        [
            f"UPDATE {table} t SET {text} = {text}{own} WHERE {where}",
            f"UPDATE {table} t SET {text} = 'x' WHERE {where} RETURNING *",
            f"UPDATE {table} t SET {key} = t.{key} FROM patrol_office o WHERE o.id > 0 AND ({where}) RETURNING t.{name}",
            f"DELETE FROM {table} t WHERE {where}",
            f"DELETE FROM {table} t WHERE {where} RETURNING t.{text}",
            f"DELETE FROM {table} t USING {table} u WHERE u.id = t.id AND ({where})",
            f"WITH gone AS (DELETE FROM {table} t WHERE {where} RETURNING *) SELECT {text} FROM gone",
            f"WITH new AS (UPDATE {table} t SET {text} = {text} WHERE {where} RETURNING *) SELECT * FROM new",
            f"INSERT INTO {table} {copied}",
            f"INSERT INTO {table} {copied} ON CONFLICT DO NOTHING RETURNING *",
            f"INSERT INTO {table} {copied} ON CONFLICT (id) DO UPDATE SET {text} = EXCLUDED.{text} RETURNING {name}",
            f"{taken} RETURNING *",
            f"{taken} ON CONFLICT DO NOTHING",
            f"SELECT t.{text} FROM {table} t WHERE {where} FOR NO KEY UPDATE",
            f"SELECT t.{text} FROM {table} t WHERE {where} FOR UPDATE SKIP LOCKED",
            f"MERGE INTO {table} t USING patrol_office o ON t.id = o.id WHEN MATCHED THEN UPDATE SET {text} = 'x'",
            f"MERGE INTO {table} t USING (SELECT id FROM {table}) s ON t.id = s.id WHEN MATCHED THEN DELETE",
            f"TRUNCATE {table}",
            "UPDATE patrol_protected SET office_id = office_id",
            "DELETE FROM patrol_protected",
            f"INSERT INTO patrol_protected VALUES (1, {office})",
            f"UPDATE patrol_flagbands SET office_id = {office}",
        ]
    )
