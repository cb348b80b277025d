-- The whole schema: a file of an earlier version is not changed into it, but written anew (src/store/packing.rs).
-- Described in docs/progress-format.md.

-- Whose log this file writes to; src/store/last_close.rs decides whether it may go on with it, so that no two files ever give
-- out the same event id. `home` holds what ties a write-ahead log to the file (src/store/generation.rs).
CREATE TABLE meta (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    log      INTEGER NOT NULL CHECK (log > 0),
    home     TEXT    NOT NULL
) STRICT;

CREATE TABLE card (
    id       INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
    deck     TEXT NOT NULL,
    question TEXT NOT NULL,
    facet    TEXT NOT NULL,
    UNIQUE (deck, question, facet)
) STRICT;

-- Events have positions from 1, in the order in which they were stored, without gaps. The newest are here, one a row;
-- the older ones are in blocks.
CREATE TABLE recent (
    position       INTEGER PRIMARY KEY CHECK (position > 0),
    log            INTEGER NOT NULL CHECK (log > 0),
    seq            INTEGER NOT NULL CHECK (seq > 0),
    order_ms       INTEGER NOT NULL,
    at_ms          INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    day            INTEGER NOT NULL,
    -- 0: none
    card           INTEGER NOT NULL,
    kind           INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 255),
    rest           BLOB    NOT NULL,
    answer         BLOB,
    checksum       INTEGER NOT NULL
) STRICT;

-- Many events column by column. Never changed. The small columns come first: they are read without the large ones.
CREATE TABLE block (
    first         INTEGER PRIMARY KEY CHECK (first > 0),
    count         INTEGER NOT NULL CHECK (count > 0),
    last_order_ms INTEGER NOT NULL,
    ranges        BLOB    NOT NULL,
    checksums     BLOB    NOT NULL CHECK (length(checksums) = 48),
    cards         BLOB    NOT NULL,
    columns       BLOB    NOT NULL,
    answers       BLOB    NOT NULL
) STRICT;

-- Tests: the paper as it was drawn, and what happened to it, step by step. Rows are only ever added.

-- Numbered within a log as events are, so that the tests of several machines can be united as a set.
-- `paper` is JSON: the questions themselves, so that a report can be shown whatever becomes of the decks.
CREATE TABLE test (
    log            INTEGER NOT NULL CHECK (log > 0),
    seq            INTEGER NOT NULL CHECK (seq > 0),
    at_ms          INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    day            INTEGER NOT NULL,
    paper          TEXT    NOT NULL,
    UNIQUE (log, seq)
) STRICT;

-- `by_log` is the log of the file that the step was written in: a test begun in one copy of the data may be ended in
-- another, and the steps of both keep their numbers. `kind` tells what is still open without reading the steps.
CREATE TABLE test_step (
    log      INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    by_log   INTEGER NOT NULL CHECK (by_log > 0),
    nth      INTEGER NOT NULL CHECK (nth > 0),
    at_ms    INTEGER NOT NULL,
    clock_ms INTEGER NOT NULL CHECK (clock_ms >= 0),
    kind     TEXT    NOT NULL,
    act      TEXT    NOT NULL,
    PRIMARY KEY (log, seq, by_log, nth),
    FOREIGN KEY (log, seq) REFERENCES test (log, seq)
) STRICT, WITHOUT ROWID;

-- What is still open is looked for at every start.
CREATE INDEX test_end ON test_step (log, seq) WHERE kind IN ('close', 'discard');
