package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillerTest {
  private static final int EVENTS = 100;

  @TempDir Path folder;

  private final List<Child> children = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  @AfterEach
  void close() {
    children.forEach(Child::close);
  }

  @Test
  void every_planned_kill_is_made_while_there_is_work() {
    var stored = new AtomicLong();

    int kills = follow(4, new Killer(stored::incrementAndGet, EVENTS * 2, said::add));

    assertThat(kills).isEqualTo(4);
    assertThat(children).hasSize(5);
    assertThat(children.subList(0, 4)).noneMatch(Child::alive);
    assertThat(children.getLast().alive()).isTrue();
    assertThat(said).hasSize(4);
  }

  @Test
  void kills_end_when_every_event_is_stored_and_how_many_there_were_is_said() {
    int kills = follow(4, new Killer(() -> EVENTS, EVENTS, said::add));

    assertThat(kills).isZero();
    assertThat(children.getLast().alive()).isTrue();
    assertThat(said)
        .containsExactly("killed event-consumer    0 of 4 times in all: every event is stored");
  }

  private int follow(int kills, Killer killer) {
    KillPlan plan = KillPlan.random(kills, EVENTS, new SplittableRandom(1));
    return killer.follow(
        plan, new Victim.OfService(Service.CONSUMER, sleeper(), this::sleeper, _ -> true));
  }

  private Child sleeper() {
    Path log = folder.resolve(children.size() + ".log");
    Child child = Child.start(List.of("sleep", "60"), folder, Map.of(), log);
    children.add(child);
    return child;
  }
}
