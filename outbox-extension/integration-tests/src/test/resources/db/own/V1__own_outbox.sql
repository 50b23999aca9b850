CREATE TABLE own_outbox (
    event_id           uuid         NOT NULL PRIMARY KEY,
    aggregatetype      varchar(255) NOT NULL,
    aggregateid        varchar(255) NOT NULL,
    type               varchar(255) NOT NULL,
    timestamp          timestamptz  NOT NULL,
    payload            text,
    tracingspancontext varchar(256)
);

CREATE TABLE item (
    id   uuid         NOT NULL PRIMARY KEY,
    name varchar(255) NOT NULL UNIQUE
);
