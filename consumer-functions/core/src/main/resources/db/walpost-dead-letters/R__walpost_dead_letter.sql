-- The dead letters of Walpost's consumers: records that could not be processed, and those that wait behind them.
-- A Flyway location (add "db/walpost-dead-letters" to the locations) and plain SQL that psql runs too. Safe to run again.
CREATE TABLE IF NOT EXISTS walpost_dead_letter (
    id             bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer       varchar(255) NOT NULL,
    topic          varchar(255) NOT NULL,
    partition      integer      NOT NULL,
    "offset"       bigint       NOT NULL,
    event_id       uuid,
    aggregate_type varchar(255) NOT NULL,
    event_type     text,
    failure        varchar(64)  NOT NULL,
    hint           text         NOT NULL,
    error_class    text         NOT NULL,
    error_message  text,
    key            bytea,
    value          bytea,
    headers        jsonb        NOT NULL,
    failed_at      timestamptz  NOT NULL DEFAULT now(),
    retry_count    integer      NOT NULL DEFAULT 0,
    last_retry_at  timestamptz,
    resolved_at    timestamptz,
    resolution     varchar(16)  CHECK (resolution IN ('replayed', 'resolved', 'discarded')),
    reason         text,
    CONSTRAINT walpost_dead_letter_place UNIQUE (topic, partition, "offset", consumer),
    CONSTRAINT walpost_dead_letter_resolved CHECK ((resolved_at IS NULL) = (resolution IS NULL))
);

-- Which keys are parked, and the letters of a key in their order. The hash, because an index takes no key of any length.
CREATE INDEX IF NOT EXISTS walpost_dead_letter_unresolved
    ON walpost_dead_letter (consumer, topic, sha256(key), partition, "offset") WHERE resolved_at IS NULL;

COMMENT ON TABLE walpost_dead_letter IS
    'Records that a consumer could not process, and those parked behind them. Holds their content. Resolved letters may be deleted.';
COMMENT ON COLUMN walpost_dead_letter.failure IS
    'The kind of failure, as in the metrics; parked if the record only waits behind an earlier letter of its key.';
COMMENT ON COLUMN walpost_dead_letter.headers IS
    'All headers in their order: [{"name": …, "value": base64 or null}]. In names, \ is written \\, and NUL \0.';
COMMENT ON COLUMN walpost_dead_letter.resolution IS
    'replayed: the handler took it. resolved: a person did its work otherwise. discarded: a person gave it up.';
