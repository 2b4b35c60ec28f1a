package io.messagerelay.consumer.app;

import io.messagerelay.base.Amounts;
import io.messagerelay.base.Figures;
import io.messagerelay.consumer.store.StoreOpeningException;
import io.messagerelay.consumer.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The service and its store, for a person and for a program.
 *
 * @param address where the service listens, or would
 * @param storeName as a person knows it
 * @param now when all of this was looked at
 */
record ConsumerReport(
    Address address, ServiceState service, String storeName, Store store, Instant now) {

  /** What is known of the store. */
  sealed interface Store {
    /** It was read. */
    record Known(StoreStatus status) implements Store {}

    /** It was not; the problem is a line for a person. */
    record Unknown(String problem) implements Store {}

    /** Looks at one. */
    static Store look(Look look) {
      try {
        return new Known(look.look());
      } catch (StoreOpeningException e) {
        return new Unknown(String.valueOf(e.getMessage()));
      }
    }
  }

  /** How a store is looked at. */
  @FunctionalInterface
  interface Look {
    StoreStatus look() throws StoreOpeningException;
  }

  String text() {
    return String.join(
        System.lineSeparator(), row("service", serviceWords()), row("store", storeWords()));
  }

  private static String row(String what, String words) {
    return "%-8s %s".formatted(what, words);
  }

  private String serviceWords() {
    return switch (service) {
      case ServiceState.Ready() -> "ready at " + address;
      case ServiceState.NotReady(var reason) -> "not ready at " + address + ": " + reason;
      case ServiceState.NotRunning() -> "not running: nothing listens at " + address;
    };
  }

  private String storeWords() {
    return switch (store) {
      case Store.Known(var status) -> storeName + ": " + words(status);
      case Store.Unknown(var problem) -> problem;
    };
  }

  private String words(StoreStatus status) {
    String events = String.format(Locale.ROOT, "%,d events", status.events());
    return events
        + status.lastReceived().map(at -> ", the last received " + ago(at)).orElse("")
        + (status.bytes().isPresent() ? "; " + Amounts.bytes(status.bytes().getAsLong()) : "");
  }

  private String ago(Instant then) {
    Duration span = Duration.between(then, now);
    return Amounts.time(span.isNegative() ? Duration.ZERO : span) + " ago";
  }

  /** The names are part of the format: docs/operations.md lists them. */
  Figures figures() {
    Figures figures = new Figures();
    switch (service) {
      case ServiceState.Ready() -> figures.with("service", "ready");
      case ServiceState.NotReady(var reason) ->
          figures.with("service", "not_ready").with("reason", reason);
      case ServiceState.NotRunning() -> figures.with("service", "not_running");
    }
    figures.with("url", address.toString()).with("store", storeName);
    switch (store) {
      case Store.Known(var status) -> add(figures, status);
      case Store.Unknown(var problem) -> figures.with("store_problem", problem);
    }
    return figures;
  }

  private static void add(Figures figures, StoreStatus status) {
    figures.with("events", status.events());
    status.lastReceived().ifPresent(at -> figures.with("last_received", at.toString()));
    status.bytes().ifPresent(bytes -> figures.with("store_bytes", bytes));
  }
}
