package io.walpost.bench.measure;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What {@link Writers} commit, one transaction after the other. Used by several threads at a time. */
interface Transactions {

    /** One statement that writes the events of a transaction. */
    String insert();

    /** Which of so many writers commits it: transactions that must not overtake each other have the same one. */
    int writer(int transaction, int writers);

    void bind(PreparedStatement insert, int transaction) throws SQLException;
}
