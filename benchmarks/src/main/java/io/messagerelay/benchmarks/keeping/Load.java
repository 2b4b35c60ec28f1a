package io.messagerelay.benchmarks.keeping;

/** What is sent meanwhile. */
enum Load {
  SINGLE("one event a request, 64 connections", 1, 64),
  BATCHES("100 events a request, 8 connections", 100, 8);

  private final String title;
  private final int events;
  private final int connections;

  Load(String title, int events, int connections) {
    this.title = title;
    this.events = events;
    this.connections = connections;
  }

  String title() {
    return title;
  }

  /** In a request. */
  int events() {
    return events;
  }

  int connections() {
    return connections;
  }
}
