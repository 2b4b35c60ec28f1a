package io.messagerelay.consumer.app;

/** Where the service listens. */
public record Address(String host, int port) {

  /** Where this machine's own processes find it: who listens on every address does so on theirs. */
  public Address reachable() {
    return switch (host) {
      case "0.0.0.0" -> new Address("127.0.0.1", port);
      case "::" -> new Address("::1", port);
      default -> this;
    };
  }

  /** As a URL. */
  @Override
  public String toString() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
