package io.walpost.sample.orders.api;

import io.walpost.sample.orders.OrderService;
import io.walpost.sample.orders.OrderView;
import io.walpost.sample.orders.cache.CachedOrders;
import io.walpost.sample.orders.search.FoundOrders;
import io.walpost.sample.orders.search.OrderSearch;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Orders over HTTP. */
@Path("/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OrderResource {

    private final OrderService orders;
    private final OrderSearch search;
    private final CachedOrders cached;

    OrderResource(OrderService orders, OrderSearch search, CachedOrders cached) {
        this.orders = orders;
        this.search = search;
        this.cached = cached;
    }

    @POST
    public Response place(@NotNull @Valid PlaceOrderRequest request) {
        OrderView order = orders.place(
                request.customer(),
                request.lines().stream().map(LineRequest::toLine).toList());
        return Response.created(URI.create("/orders/" + order.id()))
                .entity(order)
                .build();
    }

    @POST
    @Path("/{id}/lines")
    public OrderView addLine(@PathParam("id") long id, @NotNull @Valid LineRequest request) {
        return orders.addLine(id, request.toLine());
    }

    @POST
    @Path("/{id}/cancel")
    public OrderView cancel(@PathParam("id") long id, @NotNull @Valid CancelRequest request) {
        return orders.cancel(id, request.reason());
    }

    @GET
    @Path("/{id}")
    public OrderView find(@PathParam("id") long id) {
        return cached.find(id);
    }

    @DELETE
    @Path("/{id}")
    public void delete(@PathParam("id") long id) {
        orders.delete(id);
    }

    @GET
    @Path("/search")
    public FoundOrders search(@BeanParam @Valid SearchParameters parameters) {
        return search.find(parameters.toQuery());
    }
}
