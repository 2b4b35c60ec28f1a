package io.messagerelay.consumer.http.connection;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from. What it says itself counts only as far as trusted proxies have
 * written it: each adds the address it was asked from at the right end, so the client is the
 * right-most one that is no trusted proxy. Quarkus takes the left-most, which any client can make
 * up. Shared by threads; no name is ever looked up.
 */
public final class ClientAddress {

  /** The header that the proxies write; the other one is whatever a client likes. */
  public enum Header {
    /** As most proxies do. */
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** RFC 7239. */
    FORWARDED("Forwarded");

    private final String header;

    Header(String header) {
      this.header = header;
    }
  }

  private final TrustedProxies proxies;
  private final Header header;

  public ClientAddress(TrustedProxies proxies, Header header) {
    this.proxies = proxies;
    this.header = header;
  }

  public InetAddress of(HttpServerRequest request) {
    InetAddress peer = peer(request);
    return proxies.contains(peer) ? behind(peer, request.headers().getAll(header.header)) : peer;
  }

  private static InetAddress peer(HttpServerRequest request) {
    if (request.connection() instanceof ConnectionBase connection
        && connection.channel().remoteAddress() instanceof InetSocketAddress peer) {
      return peer.getAddress();
    }
    throw new IllegalStateException("a connection of an unknown kind: " + request.connection());
  }

  /** What is no address, as {@code unknown}, hides what stands left of it. */
  InetAddress behind(InetAddress peer, List<String> values) {
    InetAddress nearest = peer;
    for (String hop : hops(values).reversed()) {
      Optional<InetAddress> address = literal(hop);
      if (address.isEmpty()) {
        return nearest;
      }
      nearest = address.get();
      if (!proxies.contains(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  private List<String> hops(List<String> values) {
    List<String> elements = Elements.of(String.join(",", values), ',');
    return header == Header.X_FORWARDED_FOR
        ? elements
        : elements.stream().map(ClientAddress::forWhom).toList();
  }

  /** The value of {@code for=}, without quotes; empty where there is none (RFC 7239 §4). */
  private static String forWhom(String element) {
    return Elements.of(element, ';').stream()
        .filter(pair -> pair.regionMatches(true, 0, "for=", 0, "for=".length()))
        .map(pair -> pair.substring("for=".length()).replace("\"", ""))
        .findFirst()
        .orElse("");
  }

  private static Optional<InetAddress> literal(String hop) {
    try {
      return Optional.of(InetAddress.ofLiteral(withoutPort(hop)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  /** The parts of a header's value; a separator between quotes is none. */
  private static final class Elements {
    private Elements() {}

    static List<String> of(String value, char separator) {
      List<String> elements = new ArrayList<>();
      boolean quoted = false;
      int begin = 0;
      for (int i = 0; i < value.length(); i++) {
        char sign = value.charAt(i);
        if (sign == '"') {
          quoted = !quoted;
        } else if (sign == separator && !quoted) {
          elements.add(value.substring(begin, i).strip());
          begin = i + 1;
        }
      }
      elements.add(value.substring(begin).strip());
      return elements;
    }
  }
}
