CREATE SEQUENCE order_id_seq;

CREATE TABLE orders (
    id            bigint         NOT NULL PRIMARY KEY,
    version       integer        NOT NULL,
    customer      varchar(100)   NOT NULL,
    currency      varchar(3)     NOT NULL,
    status        varchar(16)    NOT NULL,
    cancel_reason varchar(200),
    total         numeric(12, 2) NOT NULL
);

CREATE TABLE order_line (
    order_id   bigint         NOT NULL REFERENCES orders,
    line_id    integer        NOT NULL,
    sku        varchar(64)    NOT NULL,
    quantity   integer        NOT NULL,
    unit_price numeric(12, 2) NOT NULL,
    PRIMARY KEY (order_id, line_id)
);
