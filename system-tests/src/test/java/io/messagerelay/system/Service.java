package io.messagerelay.system;

/** One of the two services. */
enum Service {
  CONSUMER("event-consumer"),
  PROPAGATOR("event-propagator");

  private final String command;

  Service(String command) {
    this.command = command;
  }

  /** The name of its command in {@code bin/}. */
  String command() {
    return command;
  }
}
