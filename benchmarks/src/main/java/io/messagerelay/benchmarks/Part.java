package io.messagerelay.benchmarks;

import com.google.errorprone.annotations.Immutable;

/** A part of the report that can be measured by itself. */
enum Part {
  MACHINE("the machine", Measuring::machine),
  POSTS("single events", Measuring::singleEvents),
  BATCHES("a hundred events a request", Measuring::batches),
  REFUSING("a full queue", Measuring::refusing),
  RELAYING("the propagator", Measuring::relaying),
  REPLAYING("replays", Measuring::replaying),
  OUTBOX("the outbox", Measuring::outbox),
  SLOWING("a consumer that slows down", Measuring::slowing),
  STARTS("starts", Measuring::starts),
  COMMANDS("commands", Measuring::commands),
  OPENING("a full spool that was left by a kill", Measuring::opening),
  IDLE("idling", Measuring::idle),
  PAGES("pages", Measuring::pages),
  FINDING("finding events", Measuring::finding),
  FOLLOWING("readers that follow", Measuring::following),
  KEEPING("retention", Measuring::keeping),
  IMPORTING("moving to another store", Measuring::importing);

  @Immutable
  private interface Action {
    void on(Measuring measuring) throws Exception;
  }

  private final String title;
  private final Action action;

  Part(String title, Action action) {
    this.title = title;
    this.action = action;
  }

  String title() {
    return title;
  }

  void measure(Measuring measuring) throws Exception {
    action.on(measuring);
  }
}
