package io.walpost.billing.http;

import io.walpost.billing.invoice.Invoice;
import io.walpost.billing.invoice.InvoiceQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;

/** The invoice of an order, with its credit note. */
@Path("/invoices")
@Produces(MediaType.APPLICATION_JSON)
public class InvoiceResource {

    private final InvoiceQuery invoices;

    InvoiceResource(InvoiceQuery invoices) {
        this.invoices = invoices;
    }

    /** 404 until the order's event has arrived, and for good if there is no such order. */
    @GET
    @Path("{orderId}")
    public Response find(@PathParam("orderId") String orderId) throws SQLException {
        Optional<Long> number = parse(orderId);
        if (number.isEmpty()) {
            return notFound("The id of an order is a whole number");
        }
        Optional<Invoice> invoice = invoices.find(number.get());
        return invoice.isPresent()
                ? Response.ok(invoice.get()).build()
                : notFound("Order " + number.get() + " has no invoice (yet)");
    }

    private static Optional<Long> parse(String orderId) {
        try {
            return Optional.of(Long.valueOf(orderId));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Response notFound(String error) {
        return Response.status(Response.Status.NOT_FOUND)
                .entity(new ErrorBody(error))
                .build();
    }
}
