-- The outbox table of Walpost's wire contract. Repeatable, so that it never takes a version number of the application.
-- Also to be run by hand or by another migration tool: it changes nothing if the table exists.
CREATE TABLE IF NOT EXISTS outboxevent (
    id                 uuid         NOT NULL PRIMARY KEY,
    aggregatetype      varchar(255) NOT NULL,
    aggregateid        varchar(255) NOT NULL,
    type               varchar(255) NOT NULL,
    timestamp          timestamptz  NOT NULL,
    payload            text,
    tracingspancontext varchar(256)
);
