-- The inbox of Walpost's consumers: which events a consumer has applied.
-- A Flyway location (add "db/walpost-inbox" to the locations) and plain SQL that psql runs too. Safe to run again.
CREATE TABLE IF NOT EXISTS walpost_inbox (
    consumer   varchar(255) NOT NULL,
    event_id   uuid         NOT NULL,
    event_day  date         NOT NULL,
    claimed_at timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id, event_day)
) PARTITION BY RANGE (event_day);

-- Apart from the default, which is read as a whole, under a lock, whenever a partition is attached.
CREATE TABLE IF NOT EXISTS walpost_inbox_undated PARTITION OF walpost_inbox
    FOR VALUES FROM ('1970-01-01') TO ('1970-01-02');

CREATE TABLE IF NOT EXISTS walpost_inbox_default PARTITION OF walpost_inbox DEFAULT;

CREATE INDEX IF NOT EXISTS walpost_inbox_undated_claimed_at ON walpost_inbox_undated (claimed_at);

CREATE INDEX IF NOT EXISTS walpost_inbox_default_claimed_at ON walpost_inbox_default (claimed_at);

COMMENT ON TABLE walpost_inbox IS
    'Events whose effect is applied. Those claimed longer ago than any possible redelivery (the retention of the topic) may go.';
COMMENT ON COLUMN walpost_inbox.event_day IS
    'The day (UTC) of the event''s own time, the same on each delivery; 1970-01-01 if the event has none.';
