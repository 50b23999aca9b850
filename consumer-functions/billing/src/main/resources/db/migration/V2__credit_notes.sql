-- A cancellation leaves the invoice as it was issued, and gives back what it asked for.
CREATE TABLE credit_note (
    order_id bigint         PRIMARY KEY REFERENCES invoice,
    total    numeric(12, 2) NOT NULL CHECK (total >= 0),
    version  bigint         NOT NULL
);

COMMENT ON COLUMN credit_note.version IS 'The version of the order by which it was cancelled.';

CREATE TABLE credit_note_line (
    order_id   bigint         NOT NULL REFERENCES credit_note,
    line_id    bigint         NOT NULL,
    sku        varchar(255)   NOT NULL,
    quantity   integer        NOT NULL CHECK (quantity > 0),
    unit_price numeric(12, 2) NOT NULL CHECK (unit_price >= 0),
    PRIMARY KEY (order_id, line_id),
    FOREIGN KEY (order_id, line_id) REFERENCES invoice_line
);

INSERT INTO credit_note (order_id, total, version)
SELECT order_id, total, version FROM invoice WHERE status = 'CANCELLED';

INSERT INTO credit_note_line (order_id, line_id, sku, quantity, unit_price)
SELECT line.order_id, line.line_id, line.sku, line.quantity, line.unit_price
  FROM invoice_line line JOIN credit_note USING (order_id);

ALTER TABLE invoice DROP COLUMN status;
