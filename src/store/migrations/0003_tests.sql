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
