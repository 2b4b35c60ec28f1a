package io.messagerelay.consumer.console;

import io.messagerelay.consumer.http.Gzip;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * Serves the console. Nobody has to sign in for its files, which hold nothing; a browser keeps them
 * and asks each time whether they are still good, so that a new version is seen at once.
 */
@Singleton
@Path("/")
public final class ConsoleResource {
  private static final String PAGE = "index.html";
  private static final String ASKED_AFTER = "no-cache";

  private final ConsoleFiles files = new ConsoleFiles();

  @GET
  public Response page(@Context RoutingContext call) {
    return file(PAGE, call);
  }

  @GET
  @Path("console/{file}")
  public Response file(@PathParam("file") String name, @Context RoutingContext call) {
    ConsoleFile file = files.find(name).orElseThrow(NotFoundException::new);
    // A resource adds to what the edge has said of caches.
    call.response().headers().remove(HttpHeaders.CACHE_CONTROL);
    MultiMap asked = call.request().headers();
    // Weak, because the same tag names it plain and gzipped.
    return (file.tag().isKnown(asked) ? Response.notModified() : content(file, asked))
        .header("ETag", "W/" + file.tag().text())
        .header("Cache-Control", ASKED_AFTER)
        .header("Vary", "Accept-Encoding")
        .build();
  }

  private static Response.ResponseBuilder content(ConsoleFile file, MultiMap asked) {
    boolean isGzipped = Gzip.isAccepted(asked);
    byte[] body = isGzipped ? file.gzipped() : file.plain();
    Response.ResponseBuilder content =
        Response.ok(body).header("Content-Type", file.type()).header("Content-Length", body.length);
    return isGzipped ? content.header("Content-Encoding", Gzip.NAME) : content;
  }
}
