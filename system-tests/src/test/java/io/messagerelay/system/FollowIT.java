package io.messagerelay.system;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file that is followed by a real process while a program writes and rotates it. */
final class FollowIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int EVENTS = 5_000;
  private static final int PER_FILE = 1_200;
  private static final int KILLS = 6;
  private static final long SEED = 7;
  private static final SampleData DATA = SampleData.withoutKeys(EVENTS);
  private static final int UNAVAILABLE = 69;
  private static final int TRY_AGAIN = 75;

  @RegisterExtension final Site site = new Site();

  @Test
  void every_line_is_stored_once_and_in_order_through_rotations_and_kills() throws Exception {
    Installation both = site.get();
    both.awaitReady(both.consumer(), PATIENCE);
    Path file = both.folder().resolve("app.log");
    Child follower = follow(file);
    Waiting.until("it follows", PATIENCE, () -> follower.output().contains("waiting for it"));
    Thread writer =
        Thread.ofPlatform().start(new LogWriter(file, ConsumerApi.tree(DATA.json()), PER_FILE));
    try (var store = both.rows()) {
      Child last = killAndStartAgain(follower, file, store);
      writer.join(PATIENCE);
      Waiting.until("all are stored", PATIENCE, () -> store.count() >= EVENTS);
      Waiting.until("it runs", PATIENCE, () -> last.output().contains("relaying from"));
      last.terminate();

      assertThat(last.waitFor(PATIENCE)).isZero();
      assertThat(store.rows().stream().map(StoredEvent::content).toList()).isEqualTo(DATA.events());
      BooksLine books = BooksLine.in(last.lines()).orElseThrow();
      assertThat(books.taken()).isEqualTo(EVENTS);
      assertThat(books.dead() + books.discarded()).isZero();
    }
  }

  /** At random moments while there is something to store. */
  private Child killAndStartAgain(Child first, Path file, StoredRows store) {
    var random = new Random(SEED);
    Child follower = first;
    long reached = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long goal = reached + 1 + random.nextInt(2 * EVENTS / (KILLS + 1) - 1);
      Waiting.until(
          "%d are stored (seed %d)".formatted(goal, SEED),
          PATIENCE,
          () -> store.count() >= Math.min(goal, EVENTS));
      follower.kill();
      reached = store.count();
      follower = follow(file);
    }
    return follower;
  }

  @Test
  void bad_lines_are_dead_letters_with_their_place_and_a_second_follower_is_refused()
      throws Exception {
    Installation both = site.get();
    both.awaitReady(both.consumer(), PATIENCE);
    Path file =
        Files.writeString(
            both.folder().resolve("app.log"),
            "{\"event_type\":\"old\",\"event_payload\":\"of before\"}\n");
    Child follower = both.start(Service.PROPAGATOR, Map.of(), "follow", "--from-end", "app.log");
    Waiting.until("it follows", PATIENCE, () -> follower.output().contains("following"));
    Child second = follow(file);
    assertThat(second.waitFor(PATIENCE)).isEqualTo(TRY_AGAIN);
    assertThat(second.lines())
        .singleElement()
        .asString()
        .startsWith(file + " is followed already: another event-propagator (process ");

    Files.writeString(
        file, "no json\n{\"event_type\":\"new\",\"event_payload\":\"of now\"}\n", APPEND);
    try (var store = both.rows()) {
      Waiting.until("it is stored", PATIENCE, () -> store.count() == 1);
      follower.terminate();

      assertThat(follower.waitFor(PATIENCE)).isZero();
      assertThat(store.rows())
          .extracting(StoredEvent::content)
          .containsExactly(new SampleData.Sample("new", "of now"));
    }
    assertThat(follower.lines())
        .anyMatch(line -> line.contains("WARN  propagator  dead letter from app.log@49: "));
    assertThat(BooksLine.in(follower.lines())).contains(new BooksLine(2, 1, 0, 1, 0, 0));
  }

  @Test
  void the_command_of_the_guide_follows_a_file_that_comes_later() throws Exception {
    Installation both = site.get();
    both.awaitReady(both.consumer(), PATIENCE);
    String guide = Files.readString(Checkout.find().file("docs/following-a-file.md"));
    String event = found("```\n(\\{.*})\n```", guide);
    String arguments = found("```sh\nbin/event-propagator (.*)\n```", guide);
    Child follower = both.start(Service.PROPAGATOR, Map.of(), arguments.split(" "));
    Waiting.until("it waits", PATIENCE, () -> follower.output().contains("waiting for it"));

    Files.writeString(both.folder().resolve("app.log"), event + "\n");

    try (var store = both.rows()) {
      Waiting.until("it is stored", PATIENCE, () -> store.count() == 1);
      assertThat(store.rows())
          .extracting(StoredEvent::content)
          .containsExactly(new SampleData.Sample("order.created", "order 1001: 2 blue cups"));
    }
  }

  private static String found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_cannot_be_followed_is_refused_at_once() {
    Child child = follow(site.get().folder());

    assertThat(child.waitFor(PATIENCE)).isEqualTo(UNAVAILABLE);
    assertThat(child.lines())
        .isEqualTo(
            List.of(site.get().folder() + ": it is a folder, a device or a pipe; expected a file"));
  }

  private Child follow(Path file) {
    return site.get().start(Service.PROPAGATOR, Map.of(), "follow", file.toString());
  }
}
