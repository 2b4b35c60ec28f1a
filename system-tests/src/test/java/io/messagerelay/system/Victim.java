package io.messagerelay.system;

import java.util.function.Predicate;
import java.util.function.Supplier;

/** A process that is killed and started again. Used by one thread. */
interface Victim {
  String name();

  boolean isAlive();

  /** Whether it has done some of its work since it was started. */
  boolean works();

  /** SIGKILL, and the wait for its end. */
  void kill();

  void start();

  /** Where it says what it does, for a person. */
  String log();

  /** One of the services. */
  final class OfService implements Victim {
    private final Service service;
    private final Supplier<Child> starting;
    private final Predicate<Child> working;
    private Child child;

    /**
     * @param first the process that runs now
     * @param starting makes the next
     */
    OfService(Service service, Child first, Supplier<Child> starting, Predicate<Child> working) {
      this.service = service;
      this.child = first;
      this.starting = starting;
      this.working = working;
    }

    @Override
    public String name() {
      return service.command();
    }

    @Override
    public boolean isAlive() {
      return child.alive();
    }

    @Override
    public boolean works() {
      return working.test(child);
    }

    @Override
    public void kill() {
      child.kill();
    }

    @Override
    public void start() {
      child = starting.get();
    }

    @Override
    public String log() {
      return child.log().toString();
    }
  }
}
