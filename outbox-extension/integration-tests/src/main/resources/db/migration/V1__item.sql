CREATE TABLE item (
    id   uuid         NOT NULL PRIMARY KEY,
    name varchar(255) NOT NULL UNIQUE
);
