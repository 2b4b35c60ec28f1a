package io.messagerelay.propagator.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messagerelay.propagator.source.SourceItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A file that is rotated: renamed, deleted or truncated. */
class FollowRotationTest {
  private static final String EVENT = Growing.event("a");

  @TempDir Path folder;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(FollowSource.class);
  private final List<Growing> files = new ArrayList<>();
  private Path path;
  private Growing file;
  private Following following;

  @BeforeEach
  void begin() throws IOException {
    log.start();
    logger.addAppender(log);
    path = folder.resolve("app.log");
    file = newFile();
    following = Following.of(path);
  }

  @AfterEach
  void end() throws IOException {
    logger.detachAppender(log);
    following.close();
    for (Growing each : files) {
      each.close();
    }
  }

  @Test
  void a_renamed_file_is_read_to_its_end_before_the_new_one() throws Exception {
    file.events("a", "b");
    following.take(1);
    rename("app.log.1");
    Growing fresh = newFile().events("d");
    file.events("c");

    assertThat(following.payloads()).containsExactly("b", "c");
    assertThat(following.waitForLateWriters().items())
        .extracting(Following::payload, SourceItem::place)
        .containsExactly(tuple("d", "app.log:1"));
    fresh.events("e");
    assertThat(following.payloads()).containsExactly("e");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void the_new_file_waits_as_long_as_the_old_one_grows() throws Exception {
    file.events("a");
    following.items();
    rename("app.log.1");
    newFile().events("z");

    for (String late : List.of("b", "c", "d")) {
      file.events(late);
      assertThat(following.payloads()).containsExactly(late);
      following.pass(FollowSource.GRACE.minusMillis(1));
      assertThat(following.payloads()).isEmpty();
    }
    following.pass(Duration.ofMillis(1));

    assertThat(following.payloads()).containsExactly("z");
  }

  @Test
  void a_file_that_was_idle_for_long_is_given_the_same_time_for_late_lines() throws Exception {
    file.events("a");
    following.items();
    following.pass(Duration.ofHours(1));
    rename("app.log.1");
    newFile().events("z");

    assertThat(following.payloads()).isEmpty();
    file.events("b");
    assertThat(following.payloads()).containsExactly("b");
  }

  @Test
  void the_unfinished_last_line_of_a_renamed_file_is_taken_when_the_new_one_begins()
      throws Exception {
    file.events("a").append(EVENT);
    assertThat(following.payloads()).containsExactly("a");
    rename("app.log.1");
    assertThat(following.waitForLateWriters().items()).isEmpty();
    newFile().events("z");
    assertThat(following.restart().items()).isEmpty();

    assertThat(following.waitForLateWriters().items())
        .extracting(Following::payload, SourceItem::place)
        .containsExactly(tuple("a", "app.log:2"), tuple("z", "app.log:1"));
  }

  @Test
  void a_file_that_was_renamed_while_nobody_followed_is_found_and_read_first() throws Exception {
    file.events("a", "b");
    following.take(1);
    file.events("c");
    rename("app.log-20260301");
    newFile().events("z");

    assertThat(following.restart().items())
        .extracting(Following::payload, SourceItem::place)
        .containsExactly(tuple("b", "app.log:2"), tuple("c", "app.log:3"));
    assertThat(following.waitForLateWriters().payloads()).containsExactly("z");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void all_files_that_came_and_went_while_nobody_followed_are_read_in_their_order()
      throws Exception {
    file.events("a");
    following.items();
    file.events("b");
    rename("app.log.3");
    newFile().events("c");
    rename("app.log.2");
    newFile().events("d");
    rename("app.log.1");
    newFile().events("e");
    following.restart();

    assertThat(following.payloads()).containsExactly("b");
    assertThat(following.waitForLateWriters().payloads()).containsExactly("c");
    assertThat(following.waitForLateWriters().payloads()).containsExactly("d");
    assertThat(following.waitForLateWriters().payloads()).containsExactly("e");
    assertThat(following.waitForLateWriters().payloads()).isEmpty();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void older_and_foreign_files_are_not_taken_for_rotated_ones() throws Exception {
    rename("app.log.2");
    newFile().events("a");
    following.items();
    rename("app.log.1");
    for (String foreign : List.of("other.log.1", "app.log.err", "app.log.bak", "app.logs.1")) {
      Growing.create(folder.resolve(foreign)).events(foreign).close();
    }
    newFile().events("z");

    assertThat(following.waitForLateWriters().payloads()).isEmpty();
    assertThat(following.waitForLateWriters().payloads()).containsExactly("z");
  }

  @Test
  void a_file_that_was_compressed_meanwhile_is_named_and_the_new_one_is_followed()
      throws Exception {
    file.events("a");
    following.items();
    Files.delete(path);
    Files.createFile(folder.resolve("app.log.1.gz"));
    newFile().events("z");

    assertThat(following.restart().payloads()).containsExactly("z");
    assertThat(warnings())
        .containsExactly(
            path
                + " was rotated while nobody followed it, and the old file is not beside it any"
                + " more: if it held anything from line 2 on, that is not relayed; it may be one of"
                + " app.log.1.gz, which cannot be followed: zcat FILE | tail -c +%d |"
                    .formatted(EVENT.length() + 2)
                + " event-propagator replay -");
  }

  @Test
  void a_deleted_file_is_read_to_its_end_and_the_next_one_awaited() throws Exception {
    file.events("a", "b");
    following.take(1);
    Files.delete(path);
    file.events("c");

    assertThat(following.payloads()).containsExactly("b", "c");
    assertThat(following.waitForLateWriters().payloads()).isEmpty();
    newFile().events("z");
    assertThat(following.payloads()).isEmpty();
    assertThat(following.waitForLateWriters().payloads()).containsExactly("z");
    assertThat(messages()).containsOnlyOnce(path + " is not there: waiting for it");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void a_file_that_took_over_the_inode_gets_other_ids() throws Exception {
    file.events("a");
    String first = Following.id(following.items().getFirst());
    file.close();
    following.restart();
    Files.delete(path);
    newFile().events("a");

    assertThat(following.items()).extracting(Following::id).hasSize(1).doesNotContain(first);
  }

  @Test
  void a_truncated_file_is_begun_anew_under_other_ids_and_a_warning_says_so() throws Exception {
    file.events("a", "b");
    List<SourceItem> before = following.items();
    file.truncate().events("c");

    List<SourceItem> after = following.items();

    assertThat(after)
        .extracting(Following::payload, SourceItem::place)
        .containsExactly(tuple("c", "app.log:1"));
    assertThat(Following.id(after.getFirst())).isNotEqualTo(Following.id(before.getFirst()));
    assertThat(warnings())
        .containsExactly(
            path
                + " was truncated, and is followed from its beginning: whether something was written"
                + " between line 3 and the truncation cannot be known");
  }

  @Test
  void a_truncated_file_that_begins_with_the_same_line_gets_other_ids() throws Exception {
    file.events("a", "b");
    List<SourceItem> before = following.items();
    file.truncate().events("a");

    List<SourceItem> after = following.items();

    assertThat(after).hasSize(1);
    assertThat(Following.id(after.getFirst())).isNotEqualTo(Following.id(before.getFirst()));
  }

  @Test
  void a_truncation_is_seen_when_the_file_has_outgrown_its_old_size_since() throws Exception {
    file.events("a", "b");
    following.items();
    file.truncate().events("c", "d", "e", "f");

    assertThat(following.restart().payloads()).containsExactly("c", "d", "e", "f");
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void a_file_that_was_truncated_before_its_first_line_ended_is_not_mourned() throws Exception {
    file.append(EVENT.substring(0, 20));
    following.items();
    file.truncate().events("a");

    assertThat(following.payloads()).containsExactly("a");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void a_half_written_line_that_was_taken_back_leaves_no_trace() throws Exception {
    file.append("xxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    following.items();
    file.truncate().events("a").append("yyyyyyyyyyy");
    assertThat(following.payloads()).containsExactly("a");
    file.truncate(EVENT.length() + 1).events("b");

    assertThat(following.payloads()).containsExactly("b");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void a_link_is_followed_to_what_it_points_at() throws Exception {
    file.events("a");
    Path link = Files.createSymbolicLink(folder.resolve("current"), path);
    try (Following ofLink = Following.of(link);
        Growing other = Growing.create(folder.resolve("other.log"))) {
      assertThat(ofLink.items()).extracting(SourceItem::place).containsExactly("current:1");
      Files.delete(link);
      Files.createSymbolicLink(link, folder.resolve("other.log"));
      other.events("b");

      assertThat(ofLink.payloads()).isEmpty();
      assertThat(ofLink.waitForLateWriters().payloads()).containsExactly("b");
    }
  }

  private Growing newFile() throws IOException {
    Growing made = Growing.create(path);
    files.add(made);
    return made;
  }

  private void rename(String name) throws IOException {
    Files.move(path, folder.resolve(name));
  }

  private List<String> messages() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
