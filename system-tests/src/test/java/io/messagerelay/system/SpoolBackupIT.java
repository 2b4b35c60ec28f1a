package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code spool backup} and {@code spool restore} as a user types them, well and badly. */
final class SpoolBackupIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  private Child spool(int exitCode, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "spool";
    System.arraycopy(words, 0, all, 1, words.length);
    Child command = site.get().start(Service.PROPAGATOR, Map.of(), all);
    assertThat(command.waitFor(PATIENCE)).as(command.output()).isEqualTo(exitCode);
    return command;
  }

  /** Waits in the main spool, because no consumer runs, and in that of a replay. */
  private void fill() throws IOException {
    site.get().writeData(SampleData.keyed(40).json());
    Files.copy(site.get().dataFile(), site.get().folder().resolve("events.json"));
    takeUntil(1, "run");
    takeUntil(waiting() + 40, "replay", "events.json");
  }

  private void takeUntil(long waiting, String... words) {
    Child child = site.get().start(Service.PROPAGATOR, Map.of(), words);
    Waiting.until(
        "it has its spool",
        PATIENCE,
        () -> child.output().contains("nothing accepts the connection"));
    Waiting.until("all wait", PATIENCE, () -> waiting() >= waiting);
    child.kill();
  }

  private long waiting() {
    return spool(0, "list", "--json", "--limit", "1000").lines().size();
  }

  @Test
  void all_spools_are_backed_up_and_put_back_or_one_by_its_name() throws IOException {
    fill();
    Child made = spool(0, "backup", "b");
    assertThat(made.lines())
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "main: backed up [\\d,]+ waiting events? and 0 dead letters, .+; the copy is sound");
    String replay = made.lines().getLast().split(":", 2)[0];
    assertThat(replay).startsWith("replay-");
    assertThat(spool(1, "backup", "b").lines())
        .containsExactly("b: is there already; name another folder, or remove it");
    assertThat(spool(0, "backup", "--json", "--spool", replay, "c").lines())
        .singleElement()
        .asString()
        .matches(
            "\\{\"spool\":\""
                + replay
                + "\",\"file\":\"c/"
                + replay
                + "/spool.db\",\"pending\":40,\"dead\":0,\"bytes\":\\d+}");
    Files.createDirectory(site.get().folder().resolve("var/spool/deep"));
    assertThat(spool(0, "backup", "--spool", "main", "var/spool/deep/d").lines()).hasSize(1);
    assertThat(spool(0, "verify").lines()).hasSize(2);

    assertThat(spool(1, "restore", "b").output())
        .contains("var/spool/spool.db is there already; --force puts it aside");
    assertThat(spool(0, "restore", "--force", "b").lines())
        .hasSize(4)
        .contains(
            replay + ": restored 40 waiting events and 0 dead letters",
            "main: what was there is var/spool/spool.db.1",
            replay + ": what was there is var/spool/" + replay + ".db.1");
    assertThat(spool(0, "restore", "--json", "--force", "--spool", replay, "b").lines())
        .containsExactly(
            "{\"spool\":\"%1$s\",\"pending\":40,\"dead\":0,\"aside\":\"var/spool/%1$s.db.2\"}"
                .formatted(replay));
    assertThat(spool(0, "verify").lines()).hasSize(2);
  }

  @Test
  void what_cannot_be_is_refused_and_leaves_nothing() throws IOException {
    assertThat(spool(69, "backup", "b").output()).contains("has no spool yet");
    fill();
    for (String inside : new String[] {"var/spool", "var/spool/b"}) {
      assertThat(spool(1, "backup", inside).output())
          .contains(inside + ": would count as a spool of SPOOL_DIR there");
    }
    assertThat(spool(69, "backup", "no/such/b").output()).contains("no/such/b: cannot be written");
    assertThat(spool(69, "restore", "events.json").lines())
        .containsExactly("events.json: has no spool; expected a folder that spool backup made");
    Files.createDirectory(site.get().folder().resolve("wrong"));
    Files.writeString(
        site.get().folder().resolve("wrong/spool.db"), "a letter to a friend. ".repeat(99));
    assertThat(spool(69, "restore", "--force", "wrong").output())
        .contains("wrong/spool.db is no spool");
    assertThat(spool(0, "verify").lines()).hasSize(2);
    assertThat(site.get().folder().resolve("b")).doesNotExist();
  }
}
