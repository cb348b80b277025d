-- The event log. Rows are only ever added; undo is a row of its own.

-- Whose log this file writes to. `home` says where the file was when it got that log id:
-- a copy finds itself elsewhere and takes a new one, so that no two files ever give out the same event id.
CREATE TABLE meta (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    log      INTEGER NOT NULL CHECK (log > 0),
    home     TEXT    NOT NULL
) STRICT;

CREATE TABLE card (
    id       INTEGER PRIMARY KEY,
    deck     TEXT NOT NULL,
    question TEXT NOT NULL,
    facet    TEXT NOT NULL,
    UNIQUE (deck, question, facet)
) STRICT;

-- Stored in the order in which it is folded, so that reading it all is one walk over the file.
-- No list of allowed kinds: a new kind means a new schema version, not a rebuilt table.
CREATE TABLE event (
    at_ms          INTEGER NOT NULL,
    log            INTEGER NOT NULL CHECK (log > 0),
    seq            INTEGER NOT NULL CHECK (seq > 0),
    offset_minutes INTEGER NOT NULL,
    day            INTEGER NOT NULL,
    card           INTEGER NOT NULL REFERENCES card (id),
    kind           TEXT    NOT NULL,
    -- retract, rate
    target_log     INTEGER,
    target_seq     INTEGER,
    -- answer
    source         TEXT,
    question_kind  TEXT,
    score          REAL,
    blind_chance   REAL,
    hint_used      INTEGER,
    latency_ms     INTEGER,
    proposed       INTEGER,
    mapping        INTEGER,
    -- answer, rate
    rating         INTEGER,
    confidence     TEXT,
    due_ms         INTEGER,
    -- answer, rate, bury
    due_day        INTEGER,
    PRIMARY KEY (at_ms, log, seq),
    CHECK (CASE kind
        WHEN 'answer'  THEN source IS NOT NULL AND question_kind IS NOT NULL AND score IS NOT NULL
                            AND blind_chance IS NOT NULL AND hint_used IN (0, 1) AND latency_ms IS NOT NULL
                            AND proposed BETWEEN 1 AND 4 AND mapping IS NOT NULL AND rating BETWEEN 1 AND 4
                            AND (due_ms IS NULL) <> (due_day IS NULL)
        WHEN 'retract' THEN target_log IS NOT NULL AND target_seq IS NOT NULL
        WHEN 'rate'    THEN target_log IS NOT NULL AND target_seq IS NOT NULL AND rating BETWEEN 1 AND 4
                            AND (due_ms IS NULL) <> (due_day IS NULL)
        WHEN 'bury'    THEN due_day IS NOT NULL
    END)
) STRICT, WITHOUT ROWID;

-- The identity of an event; it also finds the last number of a log.
CREATE UNIQUE INDEX event_id ON event (log, seq);

-- What was typed or picked, as JSON: apart from the figures, so that folding does not read past it.
CREATE TABLE given (
    log    INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    detail TEXT    NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
