-- The inbox of Walpost's consumers: which events a consumer has applied.
-- A Flyway location (add "db/walpost-inbox" to the locations) and plain SQL that psql runs too. Safe to run again.
CREATE TABLE IF NOT EXISTS walpost_inbox (
    consumer   varchar(255) NOT NULL,
    event_id   uuid         NOT NULL,
    claimed_at timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);

COMMENT ON TABLE walpost_inbox IS
    'Events whose effect is applied. Rows older than any possible redelivery (the retention of the topic) may be deleted.';
