package io.walpost.billing.lambda;

import io.walpost.consumer.lambda.testing.FunctionTest;
import io.walpost.consumer.testing.Orders;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the tests of billing's function have in common. */
abstract class BillingFunctionTest extends FunctionTest {

    @Override
    protected String[] migrations() {
        return new String[] {"db/migration", "db/walpost-inbox", "db/walpost-dead-letters"};
    }

    ProducerRecord<byte[], byte[]> placed(long order) {
        return topic.event(order, "OrderPlaced", Orders.placed(order));
    }

    ProducerRecord<byte[], byte[]> lineAdded(long order, int version) {
        return topic.event(order, "OrderLineAdded", Orders.lineAdded(order, version));
    }

    /** As an accountant's session may hold it, until the connection is closed. */
    Connection lockInvoice(long orderId) throws SQLException {
        return database.holding("SELECT FROM invoice WHERE order_id = " + orderId + " FOR UPDATE");
    }
}
