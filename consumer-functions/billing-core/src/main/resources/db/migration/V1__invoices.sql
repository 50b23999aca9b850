CREATE TABLE invoice (
    order_id bigint         PRIMARY KEY,
    customer varchar(255)   NOT NULL,
    currency char(3)        NOT NULL,
    status   varchar(16)    NOT NULL CHECK (status IN ('OPEN', 'CANCELLED')),
    total    numeric(12, 2) NOT NULL CHECK (total >= 0),
    version  bigint         NOT NULL
);

COMMENT ON COLUMN invoice.version IS 'The version of the order that the invoice stands for.';

CREATE TABLE invoice_line (
    order_id   bigint         NOT NULL REFERENCES invoice,
    line_id    bigint         NOT NULL,
    sku        varchar(255)   NOT NULL,
    quantity   integer        NOT NULL CHECK (quantity > 0),
    unit_price numeric(12, 2) NOT NULL CHECK (unit_price >= 0),
    PRIMARY KEY (order_id, line_id)
);
