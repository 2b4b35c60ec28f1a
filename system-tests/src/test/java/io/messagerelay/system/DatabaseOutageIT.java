package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database server goes away while two consumers store in it, and comes back. */
final class DatabaseOutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What was committed when the server went may still be answered. */
  private static final Duration UNDER_WAY = Duration.ofMillis(500);

  /** Whatever the server does, an answer comes within this time of its request. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  @SuppressWarnings("NullAway.Init") // before all
  private static TestServer server;

  @RegisterExtension final Site site = Site.on(() -> server);

  @BeforeAll
  static void startServer() {
    server = TestServer.own();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void nothing_is_confirmed_while_the_server_is_killed_and_all_is_stored_once_it_is_back()
      throws Exception {
    assertKept(outage(server::kill, server::start));
  }

  @Test
  void nothing_is_confirmed_while_the_server_is_frozen_and_all_is_stored_once_it_goes_on()
      throws Exception {
    assertKept(outage(server::freeze, server::thaw));
  }

  private Outage outage(Runnable fault, Runnable mend) throws Exception {
    return Outage.of(
        site.get().anotherConsumer(PATIENCE), site.get().anotherConsumer(PATIENCE), fault, mend);
  }

  private void assertKept(Outage outage) {
    List<Answered> meanwhile = outage.posts(outage.from() + UNDER_WAY.toNanos(), outage.until());
    Stream<Answered> pages = outage.readers().stream().flatMap(reader -> reader.answers().stream());

    assertThat(meanwhile).as("posts while it was away").isNotEmpty().allMatch(Answered::isPutOff);
    assertThat(outage.probes()).as("the rest meanwhile").allMatch(Answered::isPutOff);
    assertThat(
            Stream.of(outage.posts().stream(), outage.probes().stream(), pages).flatMap(all -> all))
        .as("every answer")
        .allMatch(each -> each.isSuccess() || each.isPutOff())
        .allMatch(each -> each.took().compareTo(LONGEST) <= 0);
    assertStoredOnce(outage.written());
    assertThat(outage.readers())
        .allSatisfy(
            reader ->
                assertThat(reader.eventIds())
                    .containsExactlyInAnyOrderElementsOf(outage.written()));
    assertThat(site.get().children())
        .as("recovered by themselves")
        .hasSize(2)
        .allMatch(Child::alive);
  }

  private void assertStoredOnce(List<String> written) {
    try (StoredRows store = site.get().rows()) {
      List<StoredEvent> rows = store.rows();
      assertThat(rows)
          .extracting(StoredEvent::eventId)
          .containsExactlyInAnyOrderElementsOf(written);
      assertThat(rows)
          .extracting(StoredEvent::id)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, rows.size()).boxed().toList());
    }
  }

  @Test
  void a_consumer_that_is_started_before_the_server_waits_for_it_and_then_stores() {
    int events = 200;
    site.get().writeData(SampleData.keyed(events).json());
    server.kill();
    Child consumer;
    Child propagator;
    try {
      consumer = site.get().consumer();
      propagator = site.get().propagator("--limit", Integer.toString(events));
      Waiting.until("it waits", PATIENCE, () -> consumer.output().contains("waiting for"));
    } finally {
      server.start();
    }

    assertThat(propagator.waitFor(PATIENCE)).isZero();
    assertThat(BooksLine.in(propagator.lines()).orElseThrow().delivered()).isEqualTo(events);
    try (StoredRows store = site.get().rows()) {
      assertThat(store.rows().stream().map(Taken::of))
          .containsExactlyInAnyOrderElementsOf(Taken.in(propagator.output()));
    }
  }
}
