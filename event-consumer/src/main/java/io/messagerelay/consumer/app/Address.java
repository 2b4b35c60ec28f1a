package io.messagerelay.consumer.app;

/** Where the service listens. */
record Address(String host, int port) {

  /** As a URL. */
  @Override
  public String toString() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
